import { readFile } from 'node:fs/promises'
import { type DevServer, startDevServer } from '@axion/dev-server'
import { Dataset } from '@axion/loader'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { temporaryFolder } from '../temporary-folder.js'
import { describeInChromium, eventually, launchChromium, openViewer, type View } from './chromium.js'
import { sendTraces } from './sample-traces.js'
import { supportDay } from './support-day.js'
import { DATASET, sendExperiments } from './support-experiments.js'

const ADDRESS = `/datasets/${encodeURIComponent(DATASET)}`

describeInChromium('datasets', () => {
  let server: DevServer
  let browser: Browser
  let view: View
  let sources: readonly string[]

  beforeAll(async () => {
    server = await startDevServer({ dataDir: await temporaryFolder(), port: 0 })
    sources = await sendTraces(server, supportDay(Date.parse('2026-11-23T18:00:00Z'), 6))
    await sendExperiments(server, sources)
    const keys = { baseUrl: server.url, publicKey: server.publicKey, secretKey: server.secretKey }
    const records = Array.from({ length: 230 }, (_, index) => ({ id: `n${index}`, query: `question ${index}` }))
    await Dataset.fromRecords(records).pushToLangfuse({ ...keys, name: 'many' })
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

  it('are listed with the number of their items, and searched', async () => {
    const page = await open('/datasets')
    const rows = async (): Promise<string[][]> =>
      Promise.all((await page.locator('.list tbody tr').all()).map((row) => row.locator('td').allInnerTexts()))
    await eventually(async () => (await rows()).map((cells) => cells.slice(0, 3))).toEqual([
      ['many', '', '230'],
      [DATASET, 'Answers the support team has agreed on', '6'],
    ])
    await page.getByLabel('Search', { exact: true }).fill('agreed')
    await eventually(async () => (await rows()).map(([name]) => name)).toEqual([DATASET])
    await page.getByLabel('Search', { exact: true }).press('Escape')
    await page.keyboard.press('Escape')
    await eventually(async () => (await rows()).length).toBe(2)
    await page.locator('h1').click()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await eventually(() => page.url()).toBe(server.url + ADDRESS)
  })

  it('show their items, and where these come from', async () => {
    const page = await open(ADDRESS)
    await eventually(() => page.locator('.list tbody tr').count()).toBe(6)
    const row = page.locator('.list tbody tr', { hasText: 'Can I return worn shoes?' })
    expect((await row.locator('td').allInnerTexts()).slice(0, 3)).toEqual([
      ...['Can I return worn shoes?', 'Yes, within 30 days.', 'trace →'],
    ])
    expect(await page.locator('.list tbody tr', { hasText: 'change my address' }).textContent()).toContain('by hand')
    await row.getByRole('link', { name: 'trace' }).click()
    await eventually(() => page.url()).toBe(`${server.url}/traces/${sources[1]}`)
  })

  it('have a link to every item, which j, k and Esc walk through', async () => {
    const page = await open(`${ADDRESS}?item=case-2`)
    const panel = page.getByRole('region', { name: 'Selected item' })
    await panel.getByText('Yes, within 30 days.').waitFor()
    expect(await panel.locator('h2').textContent()).toBe('case-2')
    expect(await panel.getByRole('link', { name: 'Source trace' }).getAttribute('href')).toBe(`/traces/${sources[1]}`)
    const selected = page.locator('.list tr[data-selected="true"] .main')
    const before = await selected.textContent()
    await page.keyboard.press('k')
    await eventually(() => selected.textContent()).not.toBe(before)
    await page.keyboard.press('j')
    await eventually(() => selected.textContent()).toBe(before)
    await page.keyboard.press('Escape')
    await eventually(() => panel.count()).toBe(0)
    expect(page.url()).toBe(server.url + ADDRESS)
    await page.keyboard.press('Escape')
    await eventually(() => page.url()).toBe(`${server.url}/datasets`)
  })

  it('are read on to the oldest item', async () => {
    const page = await open('/datasets/many')
    for (const count of [100, 200, 230]) {
      await eventually(() => page.locator('.list tbody tr').count()).toBe(count)
      if (count < 230) await page.getByRole('button', { name: 'Show more items' }).click()
    }
    expect(await page.getByRole('button', { name: 'Show more items' }).count()).toBe(0)
  })

  it.each(['JSONL', 'CSV', 'Parquet'])('leave as %s, which the loader reads', async (label) => {
    const page = await open(ADDRESS)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: label, exact: true }).click(),
    ])
    expect(download.suggestedFilename()).toBe(`support_golden.${label.toLowerCase()}`)
    const file = await download.path()
    const options = { columnMapping: { input: 'query', sourceTraceId: 'traceId' }, ignoreExtraKeys: true }
    // The input of these items is JSON, which in JSON Lines is no text.
    if (label === 'JSONL') {
      const lines = (await readFile(file, 'utf8')).trimEnd().split('\n')
      const items: { id: string; input: unknown }[] = lines.map((line) => JSON.parse(line))
      expect(items.find(({ id }) => id === 'case-2')?.input).toEqual({ query: 'Can I return worn shoes?' })
      return
    }
    const dataset = await (label === 'CSV' ? Dataset.readCsv(file, options) : Dataset.readParquet(file, options))
    expect(dataset.items.length).toBe(6)
    expect(dataset.items.find(({ id }) => id === 'case-2')).toMatchObject({
      query: '{"query":"Can I return worn shoes?"}',
      traceId: sources[1],
    })
  })

  it('lead to the experiments on them', async () => {
    const page = await open(ADDRESS)
    await page.getByRole('link', { name: '2 experiments' }).click()
    await eventually(() => page.locator('.list .main a').allTextContents()).toEqual(['prompt v7', 'prompt v6'])
    await page.getByRole('button', { name: `Dataset ${DATASET}` }).waitFor()
  })

  it('that are not there say so', async () => {
    const lost = await openViewer(browser, server)
    await lost.page.goto(`${server.url}/datasets/none`)
    await lost.page.getByText('No such dataset').waitFor()
    await lost.page.getByRole('link', { name: 'All datasets' }).click()
    await eventually(() => lost.page.locator('.list tbody tr').count()).toBe(2)
    // The browser's own line about the answer 404.
    expect(lost.complaints).toHaveLength(1)
    await lost.context.close()
  })
})
