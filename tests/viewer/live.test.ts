import { initTracer } from '@axion/core'
import { type DevServer, startDevServer } from '@axion/dev-server'
import { configureTracing } from '@axion/exporter'
import { type Context, trace as otelTrace, ROOT_CONTEXT, type Span } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { BasicTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { temporaryFolder } from '../temporary-folder.js'
import { describeInChromium, eventually, launchChromium, openViewer } from './chromium.js'
import { sendScores, sendTraces } from './sample-traces.js'

const NOW = Date.parse('2026-11-23T18:00:00Z')

describeInChromium('live traces', () => {
  let server: DevServer
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    browser = await launchChromium()
  })
  beforeEach(async () => {
    server = await startDevServer({ dataDir: await temporaryFolder(), port: 0 })
    ;({ page } = await openViewer(browser, server))
  })
  afterEach(async () => {
    await page?.context().close()
    await server?.close()
  })
  afterAll(() => browser?.close())

  const rows = (): Promise<string[]> => page.locator('.trace-rows .trace-name a').allTextContents()
  const trace = (name: string, atMillis: number): Parameters<typeof sendTraces>[1][number] => ({
    ...{ name, atMillis, startMillis: 0, durationMillis: 10 },
  })

  it('says what to do while there is nothing, and the two lines of it send the first trace', async () => {
    await page.getByText('No traces yet').waitFor()
    const [variables, program] = await page.locator('.code pre').allInnerTexts()
    expect(variables).toContain(`LANGFUSE_BASE_URL=${server.url}\nexport LANGFUSE_PUBLIC_KEY=${server.publicKey}`)
    expect(program?.split('\n').slice(-2)).toEqual([
      'configureTracing()',
      "await initTracer().span('first-trace', { input: 'Hello?' }, async (span) => span.setOutput('It works.'))",
    ])
    process.env.LANGFUSE_BASE_URL = server.url
    process.env.LANGFUSE_PUBLIC_KEY = server.publicKey
    process.env.LANGFUSE_SECRET_KEY = server.secretKey
    const tracing = configureTracing()
    await initTracer().span('first-trace', { input: 'Hello?' }, async (span) => span.setOutput('It works.'))
    await tracing.flush()
    await eventually(rows).toEqual(['first-trace'])
    await tracing.shutdown()
  })

  it('shows traces as they come, and more of those that are there', async () => {
    await sendTraces(server, [trace('one', NOW)])
    await eventually(rows).toEqual(['one'])
    const [id = ''] = await sendTraces(server, [trace('two', NOW + 1000)])
    await eventually(rows).toEqual(['two', 'one'])
    await sendScores(server, [{ traceId: id, name: 'quality', value: 0.25 }])
    await eventually(() => page.locator('.trace-row .score').allInnerTexts()).toEqual(['quality 0.25'])
  })

  it('shows only what passes the filter', async () => {
    await sendTraces(server, [trace('one', NOW)])
    await page.goto(`${server.url}/?name=two`)
    await page.getByText('No trace matches').waitFor()
    await sendTraces(server, [trace('one', NOW + 1000), trace('two', NOW + 2000)])
    await eventually(rows).toEqual(['two'])
  })

  it('does not push away what someone reads further down', async () => {
    await sendTraces(
      server,
      Array.from({ length: 90 }, (_, index) => trace(`t${index}`, NOW + index)),
    )
    await eventually(rows).toContain('t89')
    await page.locator('.trace-scroller').evaluate((element) => element.scrollTo(0, 1200))
    await eventually(rows).toContain('t40')
    const before = await page.locator('.trace-row', { hasText: 't50' }).boundingBox()
    await sendTraces(server, [trace('fresh', NOW + 10_000)])
    await page.getByRole('button', { name: '1 new trace' }).waitFor()
    expect(await page.locator('.trace-row', { hasText: 't50' }).boundingBox()).toEqual(before)
    await page.getByRole('button', { name: '1 new trace' }).click()
    await eventually(async () => (await rows())[0]).toBe('fresh')
  })

  it('lets a trace grow under whoever looks at it, without unfolding what is folded', async () => {
    const authorization = `Basic ${Buffer.from(`${server.publicKey}:${server.secretKey}`).toString('base64')}`
    const url = `${server.url}/api/public/otel/v1/traces`
    const processor = new SimpleSpanProcessor(new OTLPTraceExporter({ url, headers: { authorization } }))
    const provider = new BasicTracerProvider({ spanProcessors: [processor] })
    const tracer = provider.getTracer('growing')
    const within = (parent: Span): Context => otelTrace.setSpan(ROOT_CONTEXT, parent)
    const root = tracer.startSpan('root', { startTime: NOW })
    const loop = tracer.startSpan('loop', { startTime: NOW + 10 }, within(root))
    tracer.startSpan('turn 1', { startTime: NOW + 20 }, within(loop)).end(NOW + 30)
    loop.end(NOW + 40)
    await provider.forceFlush()
    await page.goto(`${server.url}/traces/${root.spanContext().traceId}`)
    const steps = (): Promise<string[]> => page.locator('.step-name').allTextContents()
    await eventually(steps).toEqual(['loop', 'turn 1'])
    await page.getByRole('treeitem', { name: 'loop' }).click()
    await page.keyboard.press('ArrowLeft')
    await eventually(steps).toEqual(['loop'])
    tracer.startSpan('early', { startTime: NOW + 5 }, within(root)).end(NOW + 6)
    root.end(NOW + 100)
    await provider.shutdown()
    await eventually(steps).toEqual(['root', 'early', 'loop'])
    expect(await page.locator('.step-title h2').textContent()).toBe('loop')
  })

  it('says that it is live, and comes back after the connection was lost', async () => {
    await page.getByText('Live', { exact: true }).waitFor()
    await page.context().setOffline(true)
    await page.context().setOffline(false)
    await sendTraces(server, [trace('after', NOW)])
    await eventually(rows).toEqual(['after'])
  })
})
