import { type DevServer, startDevServer } from '@axion/dev-server'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { temporaryFolder } from '../temporary-folder.js'
import { describeInChromium, eventually, launchChromium, openViewer, type View } from './chromium.js'
import { type SampleSpan, type SampleTrace, sendScores, sendTraces } from './sample-traces.js'
import { supportDay } from './support-day.js'

const END = Date.parse('2026-11-23T18:00:00Z')

/** The names of the traces that are listed, from the top. */
async function names(page: Page): Promise<string[]> {
  return page.locator('.trace-rows .trace-name a').allTextContents()
}

describeInChromium('the list of traces', () => {
  let server: DevServer
  let browser: Browser
  let view: View

  beforeAll(async () => {
    server = await startDevServer({ dataDir: await temporaryFolder(), port: 0 })
    const ids = await sendTraces(server, supportDay(END, 240))
    await sendScores(
      server,
      ids.slice(0, 10).map((traceId, index) => ({ traceId, name: 'helpful', value: index / 10 })),
    )
    browser = await launchChromium()
  })

  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  afterEach(async () => {
    await view?.context.close()
  })

  async function open(path = '/'): Promise<Page> {
    view = await openViewer(browser, server)
    if (path !== '/') await view.page.goto(server.url + path)
    return view.page
  }

  it('shows the newest traces first, with what they cost and said', async () => {
    const page = await open()
    const first = page.locator('.trace-rows .trace-row').first()
    await eventually(() => first.textContent()).toContain('support-question')
    const cells = await first.locator('td').allInnerTexts()
    expect(cells.slice(1, 7)).toEqual([
      '23 Nov, 17:59',
      '2.95 s',
      '1601',
      '$0.003',
      'Where is my order 48213?',
      'It left our warehouse this morning and arrives on Thursday.',
    ])
    await eventually(() => page.locator('.volume figcaption').textContent()).toMatch(/240 traces 13 with errors/)
    expect(await page.title()).toBe('Traces · Axion')
    expect(view.complaints).toEqual([])
  })

  it('renders as many rows as are seen, and reads on as one scrolls, to the oldest trace', async () => {
    const page = await open()
    await eventually(() => names(page)).not.toEqual([])
    expect((await names(page)).length).toBeLessThan(60)
    for (const to of [3000, 6000, 9000]) {
      await page.locator('.trace-scroller').evaluate((element, top) => element.scrollTo(0, top), to)
      await expect
        .poll(() => page.locator('.trace-rows').evaluate((rows) => rows.clientHeight / 36))
        .toBeGreaterThan(Math.min(239, to / 36))
    }
    await eventually(() => page.locator('.trace-rows').evaluate((rows) => rows.clientHeight / 36)).toBe(240)
  })

  // What the list must show is counted in what was sent, in another way than the server counts.
  const day = supportDay(END, 240)
  const says = (span: SampleSpan, words: string): boolean =>
    JSON.stringify([span.input, span.output]).toLowerCase().includes(words) ||
    (span.children ?? []).some((child) => says(child, words))
  const has = (span: SampleSpan, test: (span: SampleSpan) => boolean): boolean =>
    test(span) || (span.children ?? []).some((child) => has(child, test))
  const failed = (span: SampleSpan): boolean => span.error !== undefined
  const warned = (span: SampleSpan): boolean => span.attributes?.['langfuse.observation.level'] === 'WARNING'
  const FILTERS: [string, string, (trace: SampleTrace, index: number) => boolean][] = [
    ['name', 'name=classify-ticket', ({ name }) => name === 'classify-ticket'],
    ['names', 'name=classify-ticket&name=nightly-summary', ({ name }) => name !== 'support-question'],
    ['tag', 'tag=web', ({ tags }) => tags?.includes('web') === true],
    ['tags, all of them', 'tag=web&tag=nightly', () => false],
    ['session', 'session=chat-4800', ({ sessionId }) => sessionId === 'chat-4800'],
    ['user', 'user=ada', ({ userId }) => userId === 'ada'],
    ['environment', 'env=staging', ({ environment }) => environment === 'staging'],
    ['errors', 'level=ERROR', (trace) => has(trace, failed)],
    ['warnings and errors', 'level=WARNING', (trace) => has(trace, (span) => failed(span) || warned(span))],
    ['score', 'score=helpful>=0.7', (_, index) => index >= 7 && index < 10],
    [
      'score and user',
      'score=helpful>=0.5&user=ada',
      ({ userId }, index) => index >= 5 && index < 10 && userId === 'ada',
    ],
    ['time', `from=${END - 3_600_000}&to=${END}`, ({ atMillis }) => atMillis >= END - 3_600_000],
    ['words', 'q=voucher', (trace) => says(trace, 'voucher')],
    ['words and a level', 'q=lamp&level=ERROR', (trace) => says(trace, 'lamp') && has(trace, failed)],
    ['words of inner steps', `q=${encodeURIComponent('furniture shop')}`, (trace) => says(trace, 'furniture shop')],
    ['words that nobody said', 'q=zeppelin', () => false],
  ]

  it.each(FILTERS)('filters by %s from the address', async (_, query, isExpected) => {
    const count = day.filter(isExpected).length
    const page = await open(`/?${query}`)
    const figure = count === 0 ? page.getByText('No trace matches') : page.locator('.volume figcaption')
    await eventually(() => figure.textContent()).toMatch(count === 0 ? /No trace/ : new RegExp(`^${count} trace`))
  })

  it('puts every filter that is clicked into the address, together, and takes it out again', async () => {
    const page = await open()
    await page.getByRole('button', { name: 'Name', exact: true }).click()
    await page.getByLabel('support-question').check()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'User', exact: true }).click()
    await page.getByLabel('User to filter by').fill('grace')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await page.getByLabel('Level').selectOption('Errors')
    await page.getByRole('button', { name: 'Score', exact: true }).click()
    await page.getByLabel('Name of the score').fill('helpful')
    await page.getByLabel('Value of the score').fill('0.6')
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    await page.getByLabel('Search', { exact: true }).fill('order')
    const wanted = '?name=support-question&user=grace&level=ERROR&score=helpful%3E%3D0.6&q=order'
    await eventually(() => new URL(page.url()).search).toBe(wanted)
    await eventually(() => names(page)).toEqual(['support-question'])
    await page.getByRole('button', { name: 'Remove the filter User grace' }).click()
    await eventually(() => new URL(page.url()).searchParams.get('user')).toBeNull()
    await page.goBack()
    await eventually(() => new URL(page.url()).searchParams.get('user')).toBe('grace')
    await page.getByRole('link', { name: 'Clear all' }).click()
    await eventually(() => page.locator('.volume figcaption').textContent()).toMatch(/^240 traces/)
  })

  it('narrows the time to a bar of the chart', async () => {
    const page = await open()
    await page.locator('.volume g').last().click()
    await eventually(() => new URL(page.url()).searchParams.get('from')).not.toBeNull()
    await eventually(() => page.locator('.volume figcaption').textContent()).toMatch(/^\d traces/)
  })

  it('is worked with j, k, Enter, / and Esc, and ? says so', async () => {
    const page = await open('/?name=support-question')
    await eventually(() => names(page)).not.toEqual([])
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    const selected = page.locator('.trace-row[data-selected="true"]')
    expect(await selected.getAttribute('aria-rowindex')).toBe('2')
    for (let step = 0; step < 40; step++) await page.keyboard.press('j')
    await eventually(() => selected.getAttribute('aria-rowindex')).toBe('42')
    await eventually(() => selected.isVisible()).toBe(true)
    await page.keyboard.press('Enter')
    await eventually(() => page.locator('h1').textContent()).toBe('support-question')
    await eventually(() => page.title()).toBe('support-question · Axion')
    await page.keyboard.press('Escape')
    await eventually(() => page.url()).toBe(`${server.url}/?name=support-question`)
    await eventually(() => names(page)).not.toEqual([])
    await page.keyboard.press('/')
    await page.keyboard.type('jk')
    expect(await page.getByLabel('Search', { exact: true }).inputValue()).toBe('jk')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await eventually(() => new URL(page.url()).searchParams.get('q')).toBeNull()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })
})
