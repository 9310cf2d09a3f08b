import { existsSync } from 'node:fs'
import type { DevServer } from '@axion/dev-server'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { describe, expect } from 'vitest'

/** Where distributions put it; none is downloaded. */
const PLACES =
  process.env.CHROMIUM_PATH === undefined
    ? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
    : [process.env.CHROMIUM_PATH]

const EXECUTABLE = PLACES.find((path) => existsSync(path))

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Tests that need a browser. Where there is none they are skipped, by name, and one line says so.
 *
 * @param name What is tested.
 * @param tests The tests.
 */
export function describeInChromium(name: string, tests: () => void): void {
  if (EXECUTABLE === undefined) {
    console.warn(`Skipped: ${name}: no Chromium here; install it, or say where it is with CHROMIUM_PATH`)
  }
  describe.runIf(EXECUTABLE !== undefined)(name, tests)
}

/** What time it is in the browser: the day after most samples. */
const BROWSER_TIME = new Date('2026-11-24T08:00:00Z')

/** Starts the browser of this machine. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE ?? '', headless: true, args: FLAGS })
}

/** How a page is opened. */
export interface ViewOptions {
  readonly width?: number
  readonly height?: number
  readonly colorScheme?: 'light' | 'dark'
}

/** A page in a window of its own, with the cookie of the viewer. */
export interface View {
  readonly page: Page
  readonly context: BrowserContext
  /** What the page complained of: script errors, refused resources, anything of level error on its console. */
  readonly complaints: readonly string[]
}

/**
 * Opens the viewer as a person does, by its link.
 *
 * @param browser The browser.
 * @param server Whose viewer.
 * @param options The window.
 */
export async function openViewer(browser: Browser, server: DevServer, options: ViewOptions = {}): Promise<View> {
  const { width = 1280, height = 800, colorScheme = 'light' } = options
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    locale: 'en-GB',
    timezoneId: 'UTC',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  // How times are shown depends on how long ago they are.
  await page.clock.setFixedTime(BROWSER_TIME)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.goto(server.viewerUrl)
  return { page, context, complaints }
}

/**
 * Expects of what a page shows, as soon as it shows it.
 *
 * @param read Reads it.
 */
export function eventually<T>(read: () => T): ReturnType<typeof expect.poll<T>> {
  return expect.poll(read, { timeout: 10_000 })
}
