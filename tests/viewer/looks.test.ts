import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type DevServer, startDevServer } from '@axion/dev-server'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../read-sources.js'
import { temporaryFolder } from '../temporary-folder.js'
import { describeInChromium, eventually, launchChromium, openViewer } from './chromium.js'
import { sendScores, sendTraces } from './sample-traces.js'
import { seriousFindings } from './serious-findings.js'
import { supportDay } from './support-day.js'

describe('the build of the viewer', () => {
  it('has less than 150 kB in all, gzipped, and nothing from elsewhere', async () => {
    const folder = join(ROOT, 'packages/dev-server/dist/viewer/app')
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((file) => file.isFile())
    const contents = await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name))))
    expect(contents.length).toBeGreaterThan(2)
    expect(contents.reduce((sum, content) => sum + gzipSync(content).length, 0)).toBeLessThan(150_000)
    // Names of XML vocabularies are no addresses that anything is fetched from.
    const addresses = contents.flatMap((content) => content.toString('utf8').match(/https?:\/\/[a-z0-9.-]+/g) ?? [])
    expect(addresses.filter((address) => address !== 'http://www.w3.org')).toEqual([])
  })
})

const WINDOWS = [
  { width: 1280, height: 800, colorScheme: 'light' },
  { width: 1280, height: 800, colorScheme: 'dark' },
  { width: 400, height: 800, colorScheme: 'light' },
  { width: 400, height: 800, colorScheme: 'dark' },
] as const

describeInChromium('the looks of the viewer', () => {
  let server: DevServer
  let browser: Browser
  let failedId: string

  beforeAll(async () => {
    server = await startDevServer({ dataDir: await temporaryFolder(), port: 0 })
    const ids = await sendTraces(server, supportDay(Date.parse('2026-11-23T18:00:00Z'), 60))
    await sendScores(server, [{ traceId: ids[0] ?? '', name: 'helpful', value: 0.5 }])
    failedId = ids[6] ?? ''
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  it.each(WINDOWS)('every page is accessible and fits at $width px, $colorScheme', async (options) => {
    const { page, context, complaints } = await openViewer(browser, server, options)
    const check = async (): Promise<void> => {
      expect(await seriousFindings(page)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(options.width)
    }
    await page.locator('.trace-rows .trace-row').first().waitFor()
    await page.locator('.volume svg').waitFor()
    await check()
    await page.getByRole('button', { name: 'Any time' }).click()
    await check()
    await page.keyboard.press('Escape')
    // The last button of the row, whose panel would stand out.
    await page.getByRole('button', { name: 'Score', exact: true }).click()
    const panel = await page.getByRole('group', { name: 'Score' }).boundingBox()
    expect((panel?.x ?? 0) + (panel?.width ?? 0)).toBeLessThanOrEqual(options.width - 12)
    await check()
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await check()
    await page.keyboard.press('Escape')
    await page.goto(`${server.url}/traces/${failedId}`)
    await page.locator('.trace-errors').waitFor()
    await check()
    await page.getByRole('treeitem', { name: 'decide' }).click()
    await page.locator('.step-panel .chat').first().waitFor()
    await check()
    await page.locator('.step-panel').getByRole('button', { name: 'Add to dataset' }).click()
    await page.getByRole('dialog').waitFor()
    await check()
    expect(complaints).toEqual([])
    await context.close()
  })

  it('follows the system, and the choice of the reader before it, also after a reload', async () => {
    const { page, context } = await openViewer(browser, server, { colorScheme: 'dark' })
    const background = (): Promise<unknown> =>
      page.evaluate('getComputedStyle(document.documentElement).backgroundColor')
    expect(await background()).toBe('rgb(20, 21, 24)')
    await page.emulateMedia({ colorScheme: 'light' })
    await eventually(background).toBe('rgb(255, 255, 255)')
    await page.getByRole('button', { name: 'Theme: system' }).click()
    await page.getByRole('button', { name: 'Theme: light' }).click()
    await page.reload()
    await page.getByRole('button', { name: 'Theme: dark' }).waitFor()
    await eventually(background).toBe('rgb(20, 21, 24)')
    await context.close()
  })
})
