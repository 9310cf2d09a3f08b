import { type DevServer, startDevServer } from '@axion/dev-server'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { temporaryFolder } from '../temporary-folder.js'
import { describeInChromium, eventually, launchChromium, openViewer, type View } from './chromium.js'
import { sendScores, sendTraces } from './sample-traces.js'
import { supportDay } from './support-day.js'

const END = Date.parse('2026-11-23T18:00:00Z')

describeInChromium('charts', () => {
  let server: DevServer
  let browser: Browser
  let view: View

  beforeAll(async () => {
    server = await startDevServer({ dataDir: await temporaryFolder(), port: 0 })
    const ids = await sendTraces(server, supportDay(END, 240))
    const scores = ids.slice(0, 60).map((traceId, index) => ({ traceId, name: 'helpful', value: (index % 3) / 2 }))
    await sendScores(server, scores)
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })
  afterEach(async () => {
    expect(view.complaints).toEqual([])
    await view.context.close()
  })

  async function open(path: string): Promise<Page> {
    view = await openViewer(browser, server)
    await view.page.goto(server.url + path)
    return view.page
  }

  const chart = (page: Page, title: string): Locator => page.getByRole('figure', { name: title, exact: true })
  const total = (page: Page, title: string): Promise<string | null> =>
    chart(page, title).locator('figcaption b').textContent()
  const legend = (page: Page): Promise<string[]> => page.locator('.legend button').allInnerTexts()
  const row = (page: Page, name: string): Promise<string[]> =>
    page.locator('.series-table tbody tr', { hasText: name }).locator('td').allInnerTexts()

  it('show volume, errors, latency, cost, tokens and scores by name', async () => {
    const page = await open('/charts')
    await eventually(() => page.locator('.chart h2').allTextContents()).toEqual([
      ...['Traces', 'Errors', 'Latency', 'Cost', 'Tokens', 'Score: helpful'],
    ])
    expect(await legend(page)).toEqual(['support-question', 'classify-ticket', 'nightly-summary'])
    expect([await total(page, 'Traces'), await total(page, 'Errors')]).toEqual(['240', '13'])
    const cells = await row(page, 'nightly-summary')
    expect(cells.slice(0, 6)).toEqual(['17', '–', '6.10 s', '6.10 s', '6.10 s', '6.10 s'])
    expect(cells.slice(6, 8)).toEqual(['440k', '$1.58'])
    expect(await chart(page, 'Traces').locator('path.bars').count()).toBe(3)
    expect(await chart(page, 'Latency').locator('path.line[d^="M"]').count()).toBe(3)
  })

  it('compare models, and remember it in the address', async () => {
    const page = await open('/charts')
    await page.getByRole('button', { name: 'By model' }).click()
    await eventually(() => legend(page)).toEqual([
      ...['gpt-4o-mini', 'text-embedding-3-small', 'gpt-4o', 'claude-sonnet-4'],
    ])
    expect(new URL(page.url()).search).toBe('?by=model')
    expect(await total(page, 'Calls')).toBe('662')
  })

  it('show the percentile that is asked for', async () => {
    const page = await open('/charts?p=p50')
    const line = chart(page, 'Latency').locator('path.line').first()
    const before = await line.getAttribute('d')
    await page.getByRole('button', { name: 'p99' }).click()
    await eventually(() => line.getAttribute('d')).not.toBe(before)
    expect(new URL(page.url()).search).toBe('?p=p99')
  })

  it('leave one name alone, or those that are chosen', async () => {
    const page = await open('/charts')
    await page.getByRole('button', { name: 'nightly-summary' }).click()
    await eventually(() => legend(page)).toEqual(['nightly-summary'])
    await eventually(() => total(page, 'Traces')).toBe('17')
    await page.getByRole('button', { name: 'Names · 1' }).click()
    await page.getByLabel('classify-ticket').check()
    await page.keyboard.press('Escape')
    await eventually(() => legend(page)).toEqual(['nightly-summary', 'classify-ticket'])
    expect(new URL(page.url()).search).toBe('?only=nightly-summary&only=classify-ticket')
    await page.keyboard.press('Escape')
    await eventually(() => legend(page)).toHaveLength(3)
  })

  it('keep to a time in the address, and narrow it by drawing over a chart', async () => {
    const page = await open(`/charts?from=${END - 3_600_000}&to=${END}`)
    await eventually(() => total(page, 'Traces')).toBe('18')
    await page.goto(`${server.url}/charts`)
    await eventually(() => total(page, 'Traces')).toBe('240')
    const plot = chart(page, 'Traces').locator('svg')
    const { x = 0, y = 0, width = 0 } = (await plot.boundingBox()) ?? {}
    await page.mouse.move(x + width * 0.5, y + 40)
    await page.mouse.down()
    await page.mouse.move(x + width * 0.75, y + 40)
    await page.mouse.up()
    await eventually(() => new URL(page.url()).searchParams.get('from')).not.toBeNull()
    const [from, to] = ['from', 'to'].map((name) => Number(new URL(page.url()).searchParams.get(name)))
    expect((to ?? 0) - (from ?? 0)).toBeGreaterThan(5 * 3_600_000)
    expect((to ?? 0) - (from ?? 0)).toBeLessThan(8 * 3_600_000)
    await eventually(async () => Number(await total(page, 'Traces'))).toBeLessThan(120)
    await page.goBack()
    await eventually(() => total(page, 'Traces')).toBe('240')
  })

  it('tell the values under the pointer', async () => {
    const page = await open('/charts')
    await chart(page, 'Traces').locator('svg').hover()
    const values = chart(page, 'Traces').locator('.values')
    await eventually(() => values.textContent()).toMatch(/23 Nov 2026, \d\d:00:00[\s\S]*support-question \d/)
    expect(await chart(page, 'Cost').locator('.pointed').count()).toBe(1)
  })

  it('grow with what comes, and say when there is nothing', async () => {
    const page = await open('/charts?by=model&only=fresh')
    await eventually(() => total(page, 'Calls')).toBe('0')
    const attributes = { 'langfuse.observation.model.name': 'fresh' }
    const trace = { name: 'late', type: 'generation', atMillis: END, startMillis: 0, durationMillis: 9, attributes }
    await sendTraces(server, [trace])
    await eventually(() => total(page, 'Calls')).toBe('1')
    await page.goto(`${server.url}/charts?by=model&from=0&to=1000`)
    await page.getByText('No calls of models in this time').waitFor()
  })
})
