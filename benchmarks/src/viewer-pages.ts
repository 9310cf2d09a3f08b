import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext } from 'playwright-core'
import { Agent, request } from 'undici'
import { sendSpans } from './dev-server-send.js'
import { FIRST_START_MILLIS, spansAsProtobuf } from './dev-server-spans.js'
import { type ForkedServer, forkServer } from './fork-server.js'
import { verdict } from './verdict.js'
import { CHROMIUM, launchChromium, openWindow } from './viewer-chromium.js'
import { LARGE_TRACE_ID, largeTrace } from './viewer-large-trace.js'

// What a person waits for in the viewer of a dev-server that holds a million spans: in Chromium, from the address to what they came for.

const COUNT = Number(process.argv[2] ?? 1_000_000)
const BATCH = 500
const LARGE = 100_000
const ROUNDS = 5

if (CHROMIUM === undefined)
  console.log('\nthe viewer: skipped, no Chromium here; install it, or say where it is with CHROMIUM_PATH')
else await run()

async function run(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'axion-viewer-'))
  const server = await forkServer('dev-server-process', [dataDir])
  const dispatcher = new Agent({ connections: 4, pipelining: 1 })
  const browser = await launchChromium()
  try {
    await sendSpans(server, dispatcher, exports(), 4)
    await sendJson(server, largeTrace(LARGE, FIRST_START_MILLIS + COUNT + 1000))
    await settled(server)
    console.log(`\nthe viewer over ${COUNT} spans, in Chromium ${browser.version()}, median of ${ROUNDS}`)
    const window = await openWindow(browser, server)
    await openList(window, server)
    print('first view of the list', await median(() => openList(window, server)), 300)
    print(`open a trace of ${LARGE} spans`, await median(() => openTrace(window, server)), 1500)
    // What else the machine does makes frames longer; of some runs the calmest is nearest to what the viewer costs.
    const frames = [
      await longestFrame(window, server),
      await longestFrame(window, server),
      await longestFrame(window, server),
    ]
    print('longest frame while scrolling it, calmest of 3', Math.min(...frames), 100)
    print('a new span, from acknowledged to visible', await median((round) => newSpan(window, server, round)), 1000)
  } finally {
    await browser.close()
    await dispatcher.close()
    await server.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function* exports(): Iterable<Buffer> {
  for (let first = 0; first < COUNT; first += BATCH) yield spansAsProtobuf(first, BATCH)
}

async function sendJson({ baseUrl, publicKey, secretKey }: ForkedServer, bodies: Iterable<string>): Promise<void> {
  const headers = { 'content-type': 'application/json', authorization: `Basic ${btoa(`${publicKey}:${secretKey}`)}` }
  for (const body of bodies) {
    const answer = await request(`${baseUrl}/api/public/otel/v1/traces`, { method: 'POST', headers, body })
    await answer.body.dump()
    if (answer.statusCode !== 200) throw new Error(`The dev-server answered an export with ${answer.statusCode}`)
  }
}

/** Waits until all is summed up and indexed: what is measured is a warm server. */
async function settled({ baseUrl, publicKey, secretKey }: ForkedServer): Promise<void> {
  const headers = { authorization: `Basic ${btoa(`${publicKey}:${secretKey}`)}` }
  for (let unindexed = 1; unindexed > 0; await new Promise((resolve) => setTimeout(resolve, 500))) {
    const { body } = await request(`${baseUrl}/viewer/api/traces?q=nothing`, { headers })
    unindexed = ((await body.json()) as { readonly unindexed: number }).unindexed
  }
}

async function openList(window: BrowserContext, { baseUrl }: ForkedServer): Promise<number> {
  const page = await window.newPage()
  const start = performance.now()
  await page.goto(baseUrl, { waitUntil: 'commit' })
  await page.locator('.trace-rows .trace-row').first().waitFor()
  const millis = performance.now() - start
  await page.close()
  return millis
}

async function openTrace(window: BrowserContext, { baseUrl }: ForkedServer): Promise<number> {
  const page = await window.newPage()
  const start = performance.now()
  await page.goto(`${baseUrl}/traces/${LARGE_TRACE_ID}`, { waitUntil: 'commit' })
  await page.locator('.step-row').nth(20).waitFor()
  const millis = performance.now() - start
  await page.close()
  return millis
}

/** Scrolls through the whole trace, a window's height at each frame, and jumps around in it. */
async function longestFrame(window: BrowserContext, { baseUrl }: ForkedServer): Promise<number> {
  const page = await window.newPage()
  await page.goto(`${baseUrl}/traces/${LARGE_TRACE_ID}`)
  await page.locator('.step-row').nth(20).waitFor()
  await page.locator('.step-panel[aria-busy="false"]').waitFor()
  const longest = await page.evaluate(`new Promise((resolve) => {
    const scroller = document.querySelector('.tree-scroller')
    let longest = 0, last = performance.now(), frame = 0
    requestAnimationFrame(function next() {
      const now = performance.now()
      if (frame > 2) longest = Math.max(longest, now - last)
      last = now
      scroller.scrollTop = frame < 200 ? scroller.scrollTop + scroller.clientHeight : (scroller.scrollHeight * ((frame * 7) % 20)) / 20
      if (++frame < 240) requestAnimationFrame(next)
      else resolve(longest)
    })
  })`)
  await page.close()
  return Number(longest)
}

async function newSpan(window: BrowserContext, server: ForkedServer, round: number): Promise<number> {
  const page = await window.newPage()
  await page.goto(server.baseUrl)
  await page.getByText('Live', { exact: true }).waitFor()
  await page.locator('.trace-rows .trace-row').first().waitFor()
  const startTimeUnixNano = `${FIRST_START_MILLIS + COUNT + 10_000_000 + round}000000`
  const traceId = `${round + 1}`.padStart(32, 'a')
  const span = {
    traceId,
    spanId: 'b'.repeat(16),
    name: `fresh-${round}`,
    kind: 1,
    startTimeUnixNano,
    endTimeUnixNano: startTimeUnixNano,
  }
  await sendJson(server, [
    JSON.stringify({ resourceSpans: [{ scopeSpans: [{ scope: { name: 'benchmarks' }, spans: [span] }] }] }),
  ])
  const start = performance.now()
  await page.getByRole('link', { name: `fresh-${round}` }).waitFor()
  const millis = performance.now() - start
  await page.close()
  return millis
}

async function median(measure: (round: number) => Promise<number>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) times.push(await measure(round))
  return times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN
}

function print(name: string, millis: number, bound: number): void {
  const figure = `${millis.toFixed(0)} ms`.padStart(9)
  console.log(`  ${name.padEnd(48)} ${figure}  (must be ≤ ${bound}: ${verdict(millis, bound)})`)
}
