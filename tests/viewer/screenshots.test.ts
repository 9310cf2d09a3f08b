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

/** `SCREENSHOTS=1 vitest run tests/viewer/screenshots.test.ts` makes the pictures of the guide anew; they are no test otherwise. */
const FOLDER = process.env.SCREENSHOTS === '1' ? join(ROOT, 'docs/screenshots') : process.env.SCREENSHOTS

const WINDOWS = [
  { width: 1280, height: 800, colorScheme: 'light' },
  { width: 1280, height: 800, colorScheme: 'dark' },
  { width: 400, height: 800, colorScheme: 'light' },
  { width: 400, height: 800, colorScheme: 'dark' },
] as const

describe.runIf(FOLDER !== undefined)('screenshots', () => {
  let server: DevServer
  let empty: DevServer
  let browser: Browser
  let traceId: string
  let failedId: string

  beforeAll(async () => {
    await mkdir(FOLDER ?? '', { recursive: true })
    server = await startDevServer({ dataDir: await temporaryFolder(), port: 0 })
    empty = await startDevServer({ dataDir: await temporaryFolder(), port: 0 })
    const ids = await sendTraces(server, supportDay(Date.parse('2026-11-23T18:00:00Z'), 240))
    await sendScores(
      server,
      ids
        .slice(0, 40)
        .flatMap((id, index) =>
          index % 3 === 0 ? [{ traceId: id, name: 'helpful', value: 0.6 + (index % 5) / 10 }] : [],
        ),
    )
    traceId = ids[0] ?? ''
    failedId = ids[6] ?? ''
    browser = await launchChromium()
  })

  afterAll(async () => {
    await browser?.close()
    await Promise.all([server?.close(), empty?.close()])
  })

  it.each(WINDOWS)('at $width px, $colorScheme', async (options) => {
    const name = (what: string): string => join(FOLDER ?? '', `${what}-${options.width}-${options.colorScheme}.png`)
    const { page, complaints } = await openViewer(browser, server, options)
    await page.locator('.trace-rows .trace-row').first().waitFor()
    await page.locator('.volume svg').waitFor()
    await page.screenshot({ path: name('traces') })
    await page.goto(`${server.url}/?level=ERROR&name=support-question&q=order`)
    await page.locator('.trace-rows .trace-row').first().waitFor()
    await page.screenshot({ path: name('filtered') })
    await page.goto(`${server.url}/traces/${traceId}`)
    await page.locator('.step-row').first().waitFor()
    if (options.width === 400) await page.screenshot({ path: name('trace') })
    await page.getByRole('treeitem', { name: 'answer' }).click()
    await page.locator('.step-panel .chat').first().waitFor()
    await page.screenshot({ path: name(options.width === 400 ? 'step' : 'trace') })
    await page.goto(`${server.url}/traces/${failedId}`)
    await page.locator('.trace-errors').waitFor()
    await page.screenshot({ path: name('failed') })
    expect(complaints).toEqual([])
    const first = await openViewer(browser, empty, options)
    await first.page.getByText('No traces yet').waitFor()
    await first.page.screenshot({ path: name('empty') })
  })
})
