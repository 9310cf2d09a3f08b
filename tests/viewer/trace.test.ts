import { type DevServer, startDevServer } from '@axion/dev-server'
import { LangfuseClient } from '@langfuse/client'
import { LangfuseSpanProcessor } from '@langfuse/otel'
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { temporaryFolder } from '../temporary-folder.js'
import { describeInChromium, eventually, launchChromium, openViewer, type View } from './chromium.js'
import { sendTraces } from './sample-traces.js'
import { supportDay } from './support-day.js'

/** A picture of one pixel. */
const ONE_PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

describeInChromium('a trace', () => {
  let server: DevServer
  let browser: Browser
  let view: View
  let ids: readonly string[]

  beforeAll(async () => {
    server = await startDevServer({ dataDir: await temporaryFolder(), port: 0 })
    ids = await sendTraces(server, supportDay(Date.parse('2026-11-23T18:00:00Z'), 30))
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })
  afterEach(async () => {
    await view?.context.close()
  })

  async function open(index: number, query = '', width = 1280): Promise<Page> {
    view = await openViewer(browser, server, { width })
    await view.page.goto(`${server.url}/traces/${ids[index]}${query}`)
    await view.page.locator('.step-row').first().waitFor()
    return view.page
  }

  const stepTitle = (page: Page): Promise<string | null> => page.locator('.step-title h2').textContent()

  it('shows the steps as a tree beside their times, and marks the slowest path', async () => {
    const page = await open(0)
    const rows = await page.locator('.step-row').all()
    const tree = await Promise.all(
      rows.map(async (row) => [
        await row.getAttribute('aria-level'),
        await row.locator('.step-name').textContent(),
        await row.getAttribute('data-critical'),
      ]),
    )
    expect(tree).toEqual([
      ['1', 'support-question', 'true'],
      ['2', 'search-documents', 'true'],
      ['3', 'embed-question', 'true'],
      ['3', 'vector-search', 'true'],
      ['2', 'check-policy', 'false'],
      ['2', 'decide', 'true'],
      ['2', 'find_order', 'true'],
      ['2', 'answer', 'true'],
    ])
    const bar = async (name: string): Promise<{ x: number; width: number }> =>
      (await page.getByRole('treeitem', { name }).locator('.bar').boundingBox()) ?? { x: 0, width: 0 }
    const [root, answer] = [await bar('support-question'), await bar('answer')]
    expect(answer.x).toBeCloseTo(root.x + (root.width * 1490) / 2950, 0)
    expect(answer.width).toBeCloseTo((root.width * 1420) / 2950, 0)
    expect(view.complaints).toEqual([])
  })

  it('has a link to every step', async () => {
    const page = await open(0)
    await page.getByRole('treeitem', { name: 'answer' }).click()
    const { search } = new URL(page.url())
    expect(search).toMatch(/^\?step=[0-9a-f]{16}$/)
    await page.reload()
    await eventually(() => stepTitle(page)).toBe('answer')
    await eventually(() => page.locator('.facts').textContent()).toMatch(/gpt-4o[\s\S]*support-answer v7[\s\S]*0\.2/)
    await eventually(() => page.locator('.facts').textContent()).toMatch(/First token\s*410 ms/)
    expect(await page.locator('.usage').textContent()).toMatch(/input894\$0\.0022output61\$0\.00061total955\$0\.0028/)
  })

  it('shows messages with roles, tool calls and images, and the same as JSON and as text', async () => {
    const page = await open(0)
    await page.getByRole('treeitem', { name: 'answer' }).click()
    const input = page.getByRole('region', { name: 'Input' })
    await input.locator('.chat').waitFor()
    expect(await input.locator('.chat > li > h4').allInnerTexts()).toEqual(['system', 'user', 'assistant', 'tool'])
    expect(await input.locator('.chat img').evaluate((image) => Reflect.get(image, 'naturalWidth'))).toBe(96)
    expect(await input.locator('[data-role="assistant"]').textContent()).toMatch(/calls find_order[\s\S]*order48213/)
    expect(await input.locator('[data-role="tool"] a').getAttribute('href')).toBe('https://example.com/t/48213')
    await input.getByRole('button', { name: 'JSON' }).click()
    expect(await input.locator('.json-key').first().textContent()).toBe('0')
    const before = await input.locator('.json-line').count()
    await input.locator('.json-fold').nth(1).click()
    expect(await input.locator('.json-line').count()).toBeLessThan(before)
    await input.getByRole('button', { name: 'Text' }).click()
    expect(await input.textContent()).toContain('[{"role":"system","content":"You answer')
  })

  it('shows images that a client of Langfuse took out of the data, and says which prompt a step used', async () => {
    const authorization = `Basic ${Buffer.from(`${server.publicKey}:${server.secretKey}`).toString('base64')}`
    const langfuse = new LangfuseClient({
      baseUrl: server.url,
      publicKey: server.publicKey,
      secretKey: server.secretKey,
    })
    await langfuse.prompt.create({ name: 'draw', type: 'text', prompt: 'Draw {{what}}.', labels: ['production'] })
    await langfuse.shutdown()
    const keys = { baseUrl: server.url, publicKey: server.publicKey, secretKey: server.secretKey }
    const processor = new LangfuseSpanProcessor({ ...keys, shouldExportSpan: () => true })
    const provider = new BasicTracerProvider({ spanProcessors: [processor] })
    const url = `data:image/png;base64,${ONE_PIXEL}`
    const span = provider.getTracer('test').startSpan('look', {
      attributes: {
        'langfuse.observation.input': JSON.stringify([
          { role: 'user', content: [{ type: 'image_url', image_url: { url } }] },
        ]),
        'langfuse.observation.type': 'generation',
        'langfuse.observation.prompt.name': 'draw',
        'langfuse.observation.prompt.version': 1,
      },
    })
    span.end()
    await provider.shutdown()
    view = await openViewer(browser, server)
    const { page } = view
    await page.goto(`${server.url}/traces/${span.spanContext().traceId}`)
    const image = page.locator('.chat img')
    await eventually(() => image.evaluate((element) => Reflect.get(element, 'naturalWidth'))).toBe(1)
    const source = (await image.getAttribute('src')) ?? ''
    expect(source).toMatch(/^\/viewer\/api\/images\/[\w-]+$/)
    expect((await fetch(server.url + source)).status).toBe(401)
    expect((await fetch(server.url + source, { headers: { authorization } })).headers.get('content-type')).toBe(
      'image/png',
    )
    await page.getByRole('button', { name: 'draw v1' }).click()
    await page.getByRole('dialog', { name: 'draw v1' }).getByText('Draw {{what}}.').waitFor()
    expect(view.complaints).toEqual([])
  })

  it('shows the metadata of the program, and folded what the span had besides', async () => {
    const page = await open(0)
    await page.getByRole('treeitem', { name: 'answer' }).click()
    const metadata = page.getByRole('region', { name: 'Metadata' })
    await eventually(() => metadata.locator('.json-key').allTextContents()).toEqual(['region', 'attempt'])
    expect(await page.getByRole('region', { name: 'Attributes' }).isVisible()).toBe(false)
    await page.getByText('attributes of the span').click()
    await page.getByRole('region', { name: 'Attributes' }).getByText('telemetry.sdk.name').waitFor()
  })

  it('copies a path and a value', async () => {
    const page = await open(0)
    await view.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const line = page.getByRole('region', { name: 'Input' }).locator('.json-line', { hasText: 'question' }).last()
    await line.hover()
    await line.getByRole('button', { name: 'path' }).click()
    await eventually(() => page.evaluate('navigator.clipboard.readText()')).toBe('$.question')
    await line.getByRole('button', { name: 'value' }).click()
    await eventually(() => page.evaluate('navigator.clipboard.readText()')).toBe('Where is my order 48213?')
  })

  it('names errors at the top, in red, and leads to where they happened', async () => {
    const page = await open(6)
    const errors = page.getByRole('list', { name: 'Errors' }).getByRole('button')
    expect(await errors.allTextContents()).toEqual([
      'support-question OrderService: 503 Service Unavailable after 3 attempts',
      'find_order OrderService: 503 Service Unavailable after 3 attempts',
    ])
    await errors.last().click()
    await eventually(() => stepTitle(page)).toBe('find_order')
    await eventually(() => page.locator('.status.error').textContent()).toContain('503')
  })

  it('leads to the next and the former trace of the same list', async () => {
    const page = await open(0, '?name=support-question')
    // The fourth is a ticket, which the list does not have.
    for (const index of [1, 2, 4]) {
      const address = new URL(
        (await page.getByRole('link', { name: 'Older trace' }).getAttribute('href')) ?? '',
        page.url(),
      )
      expect(address.pathname + address.search).toBe(`/traces/${ids[index]}?name=support-question`)
      await page.keyboard.press(']')
      await eventually(() => page.url()).toBe(address.href)
      await page
        .getByRole('link', { name: 'Older trace' })
        .and(page.locator(`:not([href*="${ids[index]}"])`))
        .waitFor()
    }
    await page.getByRole('link', { name: 'Newer trace' }).click()
    await eventually(() => page.url()).toContain(`/traces/${ids[2]}?`)
    await page.getByRole('link', { name: 'Back to the list' }).click()
    await eventually(() => new URL(page.url()).search).toBe('?name=support-question')
  })

  it('is walked and folded by keyboard', async () => {
    const page = await open(0)
    await eventually(() => stepTitle(page)).toBe('support-question')
    await page.keyboard.press('j')
    await eventually(() => stepTitle(page)).toBe('search-documents')
    await page.keyboard.press('ArrowLeft')
    await eventually(() => page.locator('.step-row').count()).toBe(6)
    await page.keyboard.press('j')
    await eventually(() => stepTitle(page)).toBe('check-policy')
    await page.keyboard.press('k')
    await page.keyboard.press('Enter')
    await eventually(() => page.locator('.step-row').count()).toBe(8)
    await page.keyboard.press('Escape')
    await eventually(() => new URL(page.url()).pathname).toBe('/')
  })

  it('takes a score for a step and shows it', async () => {
    const page = await open(1)
    await page.getByRole('treeitem', { name: 'decide' }).click()
    await page.locator('.step-panel').getByRole('button', { name: 'Score' }).click()
    const dialog = page.getByRole('dialog', { name: 'Score this step' })
    await dialog.getByLabel('Name').fill('correct')
    await dialog.getByLabel('Kind').selectOption('Yes or no')
    await dialog.getByLabel('Value').selectOption('Yes')
    await dialog.getByLabel('Comment').fill('as the policy says')
    await dialog.getByRole('button', { name: 'Add score' }).click()
    await eventually(() => page.locator('.step-scores').textContent()).toMatch(/correct 1\s*as the policy says/)
  })

  it('makes a dataset item of a step', async () => {
    const page = await open(2)
    await page.getByRole('treeitem', { name: 'find_order' }).click()
    await page.locator('.step-panel').getByRole('button', { name: 'Add to dataset' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add to dataset' })
    await eventually(() => dialog.getByLabel('Input').inputValue()).toBe('{\n  "order": "48213"\n}')
    await dialog.getByLabel('Dataset').fill('orders')
    await dialog.getByLabel('Expected output').fill('{"status":"sent"}')
    await dialog.getByRole('button', { name: 'Add item' }).click()
    await dialog.getByText('Added to orders.').waitFor()
    const authorization = `Basic ${Buffer.from(`${server.publicKey}:${server.secretKey}`).toString('base64')}`
    const answer = await fetch(`${server.url}/api/public/dataset-items?datasetName=orders`, {
      headers: { authorization },
    })
    const { data } = (await answer.json()) as { data: unknown[] }
    expect(data).toMatchObject([
      {
        input: { order: '48213' },
        expectedOutput: { status: 'sent' },
        sourceTraceId: ids[2],
        sourceObservationId: expect.stringMatching(/^[0-9a-f]{16}$/),
      },
    ])
  })

  it('shows one thing at a time on a phone', async () => {
    const page = await open(0, '', 400)
    expect(await page.locator('.step-panel').isVisible()).toBe(false)
    await page.getByRole('treeitem', { name: 'answer' }).click()
    await page.locator('.step-panel .chat').first().waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400)
    await page.getByRole('button', { name: '← Steps' }).click()
    await eventually(() => page.locator('.step-panel').isVisible()).toBe(false)
  })

  it('says so when there is no such trace', async () => {
    view = await openViewer(browser, server)
    await view.page.goto(`${server.url}/traces/none`)
    await view.page.getByText('Cannot show this trace').waitFor()
  })
})
