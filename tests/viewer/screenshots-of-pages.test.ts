import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type DevServer, startDevServer } from '@axion/dev-server'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../read-sources.js'
import { temporaryFolder } from '../temporary-folder.js'
import { launchChromium, openViewer } from './chromium.js'
import { sendScores, sendTraces } from './sample-traces.js'
import { supportDay } from './support-day.js'
import { DATASET, sendExperiments } from './support-experiments.js'

/** `SCREENSHOTS=1 vitest run tests/viewer/screenshots-of-pages.test.ts` makes the pictures of the guide anew; they are no test otherwise. */
const FOLDER = process.env.SCREENSHOTS === '1' ? join(ROOT, 'docs/screenshots') : process.env.SCREENSHOTS

const END = Date.parse('2026-11-23T18:00:00Z')

const WINDOWS = [
  { width: 1280, height: 800, colorScheme: 'light' },
  { width: 1280, height: 800, colorScheme: 'dark' },
  { width: 400, height: 800, colorScheme: 'light' },
  { width: 400, height: 800, colorScheme: 'dark' },
] as const

describe.runIf(FOLDER !== undefined)('screenshots of sessions, datasets, experiments and charts', () => {
  let server: DevServer
  let empty: DevServer
  let browser: Browser
  let runs: readonly string[]

  beforeAll(async () => {
    await mkdir(FOLDER ?? '', { recursive: true })
    server = await startDevServer({ dataDir: await temporaryFolder(), port: 0 })
    empty = await startDevServer({ dataDir: await temporaryFolder(), port: 0 })
    const ids = await sendTraces(server, supportDay(END, 240))
    const scored = ids.filter((_, index) => index % 3 === 0)
    await sendScores(
      server,
      scored.map((traceId, index) => ({ traceId, name: 'helpful', value: 0.6 + (index % 5) / 10 })),
    )
    runs = await sendExperiments(server, ids)
    browser = await launchChromium()
  })

  afterAll(async () => {
    await browser?.close()
    await Promise.all([server?.close(), empty?.close()])
  })

  const pages = (): (readonly [string, string, string])[] => [
    ['sessions', '/sessions', '.list tbody tr'],
    ['session', '/sessions/chat-4801', '.turn'],
    ['datasets', '/datasets', '.list tbody tr'],
    ['dataset', `/datasets/${encodeURIComponent(DATASET)}?item=case-2`, '.item-panel .payload'],
    ['experiments', '/experiments', '.list tbody tr'],
    ['experiment', `/experiments/${runs[0]}?with=${runs[1]}`, '.compared-item'],
    // The experiments run today, a while after that day.
    ['charts', `/charts?from=${END - 22 * 3_600_000}&to=${END}`, '.chart'],
  ]

  it.each(WINDOWS)('at $width px, $colorScheme', async (options) => {
    const file = (what: string): string => join(FOLDER ?? '', `${what}-${options.width}-${options.colorScheme}.png`)
    const { page, complaints } = await openViewer(browser, server, options)
    for (const [name, path, ready] of pages()) {
      await page.goto(server.url + path)
      await page.locator(ready).first().waitFor()
      if (name === 'charts' && options.width === 1280) {
        await page.getByRole('figure', { name: 'Cost' }).locator('svg').hover()
      }
      await page.screenshot({ path: file(name) })
    }
    expect(complaints).toEqual([])
    const first = await openViewer(browser, empty, options)
    for (const name of ['sessions', 'datasets', 'experiments']) {
      await first.page.goto(`${empty.url}/${name}`)
      await first.page.locator('.code pre').waitFor()
      await first.page.screenshot({ path: file(`no-${name}`) })
    }
  })
})
