import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import type { ForkedServer } from './fork-server.js'

const PLACES =
  process.env.CHROMIUM_PATH === undefined
    ? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
    : [process.env.CHROMIUM_PATH]

/** Where the browser of this machine is; undefined where there is none. */
export const CHROMIUM: string | undefined = PLACES.find((path) => existsSync(path))

/** Starts the browser of this machine. */
export function launchChromium(): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']
  return chromium.launch({ executablePath: CHROMIUM ?? '', headless: true, args })
}

/**
 * A window that the viewer opens to.
 *
 * @param browser - The browser.
 * @param server - Whose viewer.
 */
export function openWindow(browser: Browser, { publicKey, secretKey }: ForkedServer): Promise<BrowserContext> {
  const authorization = `Basic ${btoa(`${publicKey}:${secretKey}`)}`
  return browser.newContext({ viewport: { width: 1280, height: 800 }, extraHTTPHeaders: { authorization } })
}
