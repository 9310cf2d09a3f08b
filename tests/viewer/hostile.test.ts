import { type DevServer, startDevServer } from '@axion/dev-server'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { temporaryFolder } from '../temporary-folder.js'
import { describeInChromium, eventually, launchChromium, openViewer, type View } from './chromium.js'
import { sendScores, sendTraces } from './sample-traces.js'

const SCRIPT = `"><script>window.hacked = 1</script><img src=x onerror="window.hacked = 2"><svg onload=window.hacked=3>'`
const LINKS =
  'javascript:window.hacked=4 data:text/html,<script>window.hacked=5</script> JaVaScRiPt:alert(1) vbscript:x file:///etc/passwd'
const REORDERED = 'invoice\u202Egnp.exe\u2066 \u200F\u0007'
const LONG = `${'0123456789abcdef'.repeat(5 * 65_536)}END`

const PAYLOAD = {
  messages: [
    { role: SCRIPT, content: `${SCRIPT} ${LINKS} https://good.example/a?b=1` },
    { role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://tracker.example/pixel.png' } }] },
    { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/svg+xml;base64,PHN2Zy8+' } }] },
    { role: 'user', content: [{ type: 'image_url', image_url: { url: 'javascript:window.hacked=6' } }] },
    {
      role: 'assistant',
      tool_calls: [{ id: SCRIPT, function: { name: SCRIPT, arguments: '{"__proto__":{"x":1},"constructor":"y"}' } }],
    },
  ],
}

describeInChromium('a trace that means ill', () => {
  let server: DevServer
  let browser: Browser
  let view: View
  let id: string
  const requests: string[] = []

  beforeAll(async () => {
    server = await startDevServer({ dataDir: await temporaryFolder(), port: 0 })
    const [trace = ''] = await sendTraces(server, [
      {
        ...{ atMillis: Date.parse('2026-11-23T18:00:00Z'), startMillis: 0, durationMillis: 10 },
        ...{ name: SCRIPT, userId: SCRIPT, sessionId: SCRIPT, tags: [SCRIPT, REORDERED, 'javascript:alert(1)'] },
        ...{ input: SCRIPT, output: LINKS, error: SCRIPT },
        children: [
          {
            name: 'chat',
            startMillis: 1,
            durationMillis: 1,
            input: PAYLOAD,
            output: PAYLOAD,
            attributes: { 'langfuse.observation.model.name': SCRIPT, [SCRIPT]: SCRIPT },
          },
          {
            name: REORDERED,
            startMillis: 2,
            durationMillis: 1,
            input: REORDERED,
            output: { [REORDERED]: REORDERED, '': '', deep: nested(500) },
          },
          { name: 'long', startMillis: 3, durationMillis: 1, input: LONG, output: { long: LONG } },
        ],
      },
    ])
    id = trace
    await sendScores(server, [{ traceId: id, name: SCRIPT, value: SCRIPT }])
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })
  afterEach(async () => {
    // Nothing ran, nothing was fetched from elsewhere, nothing was refused because it was tried.
    expect(await view.page.evaluate('window.hacked')).toBeUndefined()
    expect(requests.filter((url) => !url.startsWith(server.url) && !url.startsWith('data:'))).toEqual([])
    expect(view.complaints).toEqual([])
    await view.context.close()
  })

  async function open(step?: string): Promise<Page> {
    view = await openViewer(browser, server)
    view.page.on('request', (request) => requests.push(request.url()))
    if (step === undefined) return view.page
    await view.page.goto(`${server.url}/traces/${id}`)
    await view.page.locator('.step-row', { hasText: step }).first().click()
    await view.page.locator('.step-panel[aria-busy="false"] .payload').first().waitFor()
    return view.page
  }

  /** Where the links of the page lead that do not lead to pages of the viewer. */
  const foreignLinks = (page: Page): Promise<(string | null)[]> =>
    page.locator('main a:not([href^="/"])').evaluateAll((links) => links.map((link) => link.getAttribute('href')))

  it('is text in the list', async () => {
    const page = await open()
    await eventually(() => page.locator('.trace-name a').textContent()).toBe(SCRIPT)
    expect(await page.locator('.labels').textContent()).toContain('\\u202E')
    expect(await page.locator('main img, main script, main iframe').count()).toBe(0)
    expect(await foreignLinks(page)).toEqual([])
    await page.getByRole('button', { name: 'Tag', exact: true }).click()
    await page.getByRole('checkbox').first().check()
    await page.keyboard.press('Escape')
    await eventually(() => page.locator('.chip').textContent()).toContain('Tag')
  })

  it('is text in the head of its page and in its errors', async () => {
    const page = await open(SCRIPT)
    expect(await page.locator('h1').textContent()).toBe(SCRIPT)
    expect(await page.locator('.trace-errors span').textContent()).toBe(SCRIPT)
    expect(await page.locator('.status').textContent()).toContain(SCRIPT)
    expect(await foreignLinks(page)).toEqual([])
  })

  it('is text in chat and JSON; only links to web pages are links, and no image is fetched', async () => {
    const page = await open('chat')
    const input = page.getByRole('region', { name: 'Input' })
    expect(await input.locator('.chat > li').count()).toBe(5)
    expect(await input.locator('.chat > li').first().textContent()).toContain(SCRIPT)
    expect(await input.locator('img').count()).toBe(0)
    expect([...new Set(await foreignLinks(page))]).toEqual([
      'https://good.example/a?b=1',
      'https://tracker.example/pixel.png',
    ])
    for (const view of ['JSON', 'Text']) {
      await input.getByRole('button', { name: view }).click()
      expect(await input.locator('img, script').count()).toBe(0)
    }
  })

  it('shows marks that reorder text, and nesting of any depth', async () => {
    const page = await open('invoice')
    expect(await page.locator('.step-title h2').textContent()).toBe('invoice\\u202Egnp.exe\\u2066 \\u200F\\u0007')
    expect(await page.getByRole('region', { name: 'Input' }).textContent()).toContain('invoice\\u202Egnp.exe')
    expect(await page.getByRole('region', { name: 'Output' }).textContent()).toContain('deep')
  })

  it('shows 5 MB in parts, and copies them whole', async () => {
    const page = await open('long')
    const input = page.getByRole('region', { name: 'Input' })
    await eventually(async () => (await input.textContent()) ?? '').toContain('5.2 MB')
    expect(((await input.locator('.payload-body').textContent()) ?? '').length).toBeLessThan(10_000)
    await input.getByRole('button', { name: 'more characters' }).click()
    expect(((await input.locator('.payload-body').textContent()) ?? '').length).toBeGreaterThan(20_000)
    await view.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await input.getByRole('button', { name: 'Copy' }).click()
    await eventually(() =>
      page.evaluate('navigator.clipboard.readText().then((text) => [text.length, text.slice(-3)])'),
    ).toEqual([LONG.length, 'END'])
  })
})

function nested(depth: number): unknown {
  return depth === 0 ? 'bottom' : { in: nested(depth - 1) }
}
