import { type DevServer, startDevServer } from '@axion/dev-server'
import { Dataset, evaluate } from '@axion/loader'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { temporaryFolder } from '../temporary-folder.js'
import { describeInChromium, launchChromium, openViewer } from './chromium.js'
import { sendScores, sendTraces } from './sample-traces.js'
import { seriousFindings } from './serious-findings.js'
import { supportDay } from './support-day.js'
import { DATASET, sendExperiments } from './support-experiments.js'

const WINDOWS = [
  { width: 1280, height: 800, colorScheme: 'light' },
  { width: 1280, height: 800, colorScheme: 'dark' },
  { width: 400, height: 800, colorScheme: 'light' },
  { width: 400, height: 800, colorScheme: 'dark' },
] as const

/** Langfuse takes no tags in the names of datasets; this one is not closed. */
const HOSTILE_NAME = '"><img src=x onerror="window.hacked = 3" '

/** Nothing of it may run, or lead out of the viewer. */
const SCRIPT = `"><script>window.hacked = 1</script><img src=x onerror="window.hacked = 2">'`

describeInChromium('the looks of sessions, datasets, experiments and charts', () => {
  let server: DevServer
  let empty: DevServer
  let browser: Browser
  let runs: readonly string[]
  let hostileRun: string

  beforeAll(async () => {
    server = await startDevServer({ dataDir: await temporaryFolder(), port: 0 })
    empty = await startDevServer({ dataDir: await temporaryFolder(), port: 0 })
    const ids = await sendTraces(server, [
      ...supportDay(Date.parse('2026-11-23T18:00:00Z'), 60),
      {
        ...{ atMillis: Date.parse('2026-11-23T18:00:00Z'), startMillis: 0, durationMillis: 10, type: 'generation' },
        ...{
          name: SCRIPT,
          userId: SCRIPT,
          sessionId: SCRIPT,
          input: SCRIPT,
          output: { [SCRIPT]: SCRIPT },
          error: SCRIPT,
        },
        attributes: { 'langfuse.observation.model.name': SCRIPT },
      },
    ])
    await sendScores(server, [
      { traceId: ids[0] ?? '', name: 'helpful', value: 0.5 },
      { traceId: ids[60] ?? '', name: SCRIPT, value: 1 },
    ])
    runs = await sendExperiments(server, ids)
    const keys = { baseUrl: server.url, publicKey: server.publicKey, secretKey: server.secretKey }
    const hostile = Dataset.fromRecords([
      { id: SCRIPT, query: SCRIPT, expectedOutput: SCRIPT, metadata: { [SCRIPT]: 1 } },
    ])
    await hostile.pushToLangfuse({ ...keys, name: HOSTILE_NAME, description: SCRIPT })
    const result = await evaluate(hostile, {
      task: () => SCRIPT,
      evaluators: { [SCRIPT]: () => SCRIPT, yes: () => true },
    })
    const run = await result.publishAsExperiment({
      ...keys,
      datasetName: HOSTILE_NAME,
      runName: SCRIPT,
      description: SCRIPT,
    })
    hostileRun = run.experimentId ?? ''
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
    await Promise.all([server?.close(), empty?.close()])
  })

  const pages = (): (readonly [string, string])[] => [
    ['/sessions', '.list tbody tr'],
    ['/sessions/chat-4800', '.turn'],
    [`/sessions/${encodeURIComponent(SCRIPT)}`, '.turn'],
    ['/datasets', '.list tbody tr'],
    [`/datasets/${encodeURIComponent(DATASET)}`, '.list tbody tr'],
    [`/datasets/${encodeURIComponent(DATASET)}?item=case-2`, '.item-panel .payload'],
    [`/datasets/${encodeURIComponent(HOSTILE_NAME)}?item=${encodeURIComponent(SCRIPT)}`, '.item-panel .payload'],
    [`/experiments/${hostileRun}?with=${runs[0]}`, '.compared-item'],
    ['/experiments', '.list tbody tr'],
    [`/experiments/${runs[0]}?with=${runs[1]}`, '.compared-item'],
    ['/charts', '.chart'],
    ['/charts?by=model', '.chart'],
  ]

  it.each(WINDOWS)('every page is accessible, fits and means no ill at $width px, $colorScheme', async (options) => {
    const { page, context, complaints } = await openViewer(browser, server, options)
    for (const [path, ready] of pages()) {
      await page.goto(server.url + path)
      await page.locator(ready).first().waitFor()
      expect([path, await seriousFindings(page)]).toEqual([path, []])
      expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, options.width])
      expect(await page.evaluate('window.hacked')).toBeUndefined()
      expect(await page.locator('main script, main img').count()).toBe(0)
    }
    expect(complaints).toEqual([])
    await context.close()
  })

  it.each([
    ['/sessions', 'No sessions yet', 'withTraceContext({ sessionId:'],
    ['/datasets', 'No datasets yet', 'pushToLangfuse({ name:'],
    ['/experiments', 'No experiments yet', 'publishAsExperiment({'],
    ['/charts', 'No traces yet', 'configureTracing()'],
  ])('%s says what to do while there is nothing', async (path, title, code) => {
    const { page, context, complaints } = await openViewer(browser, empty, { width: 400 })
    await page.goto(empty.url + path)
    await page.getByRole('heading', { name: title }).waitFor()
    expect((await page.locator('.code pre').allInnerTexts()).join('\n')).toContain(code)
    expect(await seriousFindings(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400)
    expect(complaints).toEqual([])
    await context.close()
  })
})
