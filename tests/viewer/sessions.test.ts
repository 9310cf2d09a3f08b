import { type DevServer, startDevServer } from '@axion/dev-server'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { temporaryFolder } from '../temporary-folder.js'
import { describeInChromium, eventually, launchChromium, openViewer, type View } from './chromium.js'
import { type SampleTrace, sendScores, sendTraces } from './sample-traces.js'

// Years ago: what is of today, or of this year, is written otherwise.
const NOON = Date.parse('2021-11-22T12:00:00Z')
const MINUTE = 60_000

/** A turn, so many minutes after noon. */
function turn(minutes: number, input: unknown, output: unknown, fields: Partial<SampleTrace> = {}): SampleTrace {
  return {
    ...{ name: 'reply', atMillis: NOON + minutes * MINUTE, startMillis: 0, durationMillis: 1500 },
    ...{ sessionId: 'chat/1', userId: 'ada', input, output, ...fields },
  }
}

const HISTORY = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'Where is my order?' },
  { role: 'assistant', content: 'On its way.' },
  { role: 'user', content: 'When will it come?' },
]

describeInChromium('sessions', () => {
  let server: DevServer
  let browser: Browser
  let view: View
  let ids: readonly string[]

  beforeAll(async () => {
    server = await startDevServer({ dataDir: await temporaryFolder(), port: 0 })
    ids = await sendTraces(server, [
      turn(0, { question: 'Where is my order?' }, { answer: 'On its way.' }),
      turn(2, { messages: HISTORY }, { role: 'assistant', content: 'On Thursday.' }),
      turn(60, 'Still there?', undefined, { error: 'OrderService: 503' }),
      turn(24 * 60, 'Thanks!', 'You are welcome.'),
      turn(-60, 'Hello', 'Hi', { sessionId: 'chat/2', userId: 'grace' }),
      turn(-90, 'No session', 'at all', { sessionId: '' }),
    ])
    await sendScores(server, [{ traceId: ids[1] ?? '', name: 'helpful', value: 0.75 }])
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })
  afterEach(async () => {
    expect(view?.complaints ?? []).toEqual([])
    await view?.context.close()
  })

  async function open(path: string): Promise<Page> {
    view = await openViewer(browser, server)
    await view.page.goto(server.url + path)
    return view.page
  }

  const names = (page: Page): Promise<string[]> => page.locator('.list .main a').allTextContents()

  it('are listed with what their traces add up to, the one that was active last first', async () => {
    const page = await open('/sessions')
    await eventually(() => names(page)).toEqual(['chat/1', 'chat/2'])
    const [first] = await page.locator('.list tbody tr').all()
    const cells = await first?.locator('td').allInnerTexts()
    expect(cells).toEqual([
      ...['chat/1 1 error', 'Where is my order?', 'ada', '23 Nov 2021', '4', '24 h 0 m', '', '', ''],
    ])
  })

  it('are searched by id and user, and by time, from the address', async () => {
    const page = await open('/sessions')
    await eventually(() => names(page)).toHaveLength(2)
    await page.keyboard.press('/')
    await page.keyboard.type('grace')
    await eventually(() => names(page)).toEqual(['chat/2'])
    expect(new URL(page.url()).search).toBe('?q=grace')
    await page.goto(`${server.url}/sessions?to=${NOON}`)
    await eventually(() => names(page)).toEqual(['chat/2'])
    await page.goto(`${server.url}/sessions?q=nobody`)
    await page.getByText('No session matches').waitFor()
    await page.getByRole('link', { name: 'Clear search and time' }).click()
    await eventually(() => names(page)).toHaveLength(2)
  })

  it('read as the conversation they were', async () => {
    const page = await open('/sessions')
    await page.getByRole('link', { name: 'chat/1' }).click()
    await eventually(() => page.locator('h1').textContent()).toBe('chat/1')
    const said = async (role: string): Promise<string[]> =>
      (await page.locator(`.said[data-role="${role}"]`).allInnerTexts()).map((text) => text.split('\n').at(-1) ?? '')
    // Of a request that repeats the conversation only what is new.
    expect(await said('user')).toEqual(['Where is my order?', 'When will it come?', 'Still there?', 'Thanks!'])
    expect(await said('assistant')).toEqual(['On its way.', 'On Thursday.', 'OrderService: 503', 'You are welcome.'])
    expect(await page.locator('.pause').allTextContents()).toEqual([
      ...['Monday, 22 November 2021', '58 m 0 s later', 'Tuesday, 23 November 2021'],
    ])
    expect(await page.locator('.turn').nth(1).locator('.score').textContent()).toBe('helpful 0.75')
  })

  it('lead to the traces of their turns, and back', async () => {
    const page = await open('/sessions/chat%2F1')
    await page.locator('.turn').first().waitFor()
    await page.locator('.turn').nth(2).getByRole('link').click()
    await eventually(() => page.url()).toBe(`${server.url}/traces/${ids[2]}?session=chat%2F1`)
    await page.goBack()
    await page.getByRole('link', { name: 'As traces' }).click()
    await eventually(() => page.locator('.trace-rows .trace-row').count()).toBe(4)
  })

  it('are walked by keyboard', async () => {
    const page = await open('/sessions')
    await eventually(() => names(page)).toHaveLength(2)
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    await page.keyboard.press('Enter')
    await page.locator('.turn').first().waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await eventually(() => page.locator('.turn[data-selected="true"] .said').first().textContent()).toContain(
      'When will',
    )
    await page.keyboard.press('Enter')
    await eventually(() => new URL(page.url()).pathname).toBe(`/traces/${ids[1]}`)
    await page.goBack()
    await page.locator('.turn').first().waitFor()
    await page.keyboard.press('Escape')
    await eventually(() => new URL(page.url()).pathname).toBe('/sessions')
  })

  it('grow while one reads them', async () => {
    await sendTraces(server, [turn(0, 'First?', 'One.', { sessionId: 'growing' })])
    const page = await open('/sessions/growing')
    await page.getByText('One.').waitFor()
    await sendTraces(server, [turn(1, 'Second?', 'Two.', { sessionId: 'growing' })])
    await page.getByText('Two.').waitFor()
    expect(await page.locator('.turn').count()).toBe(2)
  })

  it('that are not there say so, and appear when they come', async () => {
    const later = await openViewer(browser, server)
    await later.page.goto(`${server.url}/sessions/later`)
    await later.page.getByText('No such session').waitFor()
    await sendTraces(server, [turn(0, 'Late?', 'Never too late.', { sessionId: 'later' })])
    await later.page.getByText('Never too late.').waitFor()
    // The browser's own line about the answer 404.
    expect(later.complaints).toHaveLength(1)
    await later.context.close()
  })

  it('of many turns are read from the end', async () => {
    const turns = Array.from({ length: 130 }, (_, index) =>
      turn(index, `Question ${index}`, `Answer ${index}`, { sessionId: 'long', name: `turn ${index}` }),
    )
    await sendTraces(server, turns)
    const page = await open('/sessions/long')
    await page.getByText('Answer 129').waitFor()
    expect(await page.locator('.turn').count()).toBe(50)
    await page.getByRole('button', { name: 'Show earlier turns' }).click()
    await eventually(() => page.locator('.turn').count()).toBe(100)
    await page.getByRole('button', { name: 'Show earlier turns' }).click()
    await eventually(() => page.locator('.turn').count()).toBe(130)
    expect(await page.locator('.said[data-role="user"] .long-text').first().textContent()).toBe('Question 0')
    expect(await page.getByRole('button', { name: 'Show earlier turns' }).count()).toBe(0)
  })
})
