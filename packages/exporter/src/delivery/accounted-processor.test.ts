import { resourceFromAttributes } from '@opentelemetry/resources'
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLangfuseSpanProcessor } from '../langfuse-span-processor.js'
import { type OtlpSink, startOtlpSink } from '../otlp-sink.fixture.js'
import { createReporter } from '../report.js'
import { createAccountedProcessor } from './accounted-processor.js'
import { CountingExporter } from './counting-exporter.js'
import { SpanLedger } from './span-ledger.js'

let sink: OtlpSink
beforeEach(async () => {
  sink = await startOtlpSink()
})
afterEach(() => sink.close())

const turnOfEvents = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('createAccountedProcessor()', () => {
  it('createAccountedProcessor() keeps what a processor throws away from the application', async () => {
    const broken = (): never => {
      throw new Error('broken processor')
    }
    const ledger = new SpanLedger()
    const exporter = new CountingExporter({
      sender: { send: broken, close: () => {} },
      ledger,
      concurrency: 1,
      maxBatchBytes: 1,
      timeoutMillis: 1,
      onFailure: () => {},
    })
    const inner = { onStart: broken, onEnding: broken, onEnd: broken, forceFlush: broken, shutdown: broken }
    const processor = createAccountedProcessor({ inner, exporter, ledger, reporter: createReporter(() => {}) })
    const provider = new BasicTracerProvider({ spanProcessors: [processor] })
    expect(() => provider.getTracer('axion').startSpan('step').end()).not.toThrow()
    await expect(processor.forceFlush()).resolves.toBeUndefined()
    await expect(processor.shutdown()).resolves.toBeUndefined()
  })

  it('createAccountedProcessor() flushes a batch that waits for a resource detector', async () => {
    let detect: (region: string) => void = () => {}
    const region = new Promise<string>((resolve) => {
      detect = resolve
    })
    const processor = createLangfuseSpanProcessor({
      publicKey: 'pk',
      secretKey: 'sk',
      baseUrl: sink.url,
      maxBatchSpans: 1,
    })
    const resource = resourceFromAttributes({ 'cloud.region': region })
    const tracer = new BasicTracerProvider({ spanProcessors: [processor], resource }).getTracer('axion')
    tracer.startSpan('early').end()
    // The batch leaves the queue by itself, and from there nothing in the SDK waits for it.
    await turnOfEvents()
    let resolved = false
    const flushed = processor.forceFlush().then(() => {
      resolved = true
    })
    await turnOfEvents()
    expect(resolved).toBe(false)
    detect('eu')
    await flushed
    expect(processor.stats()).toEqual({ exported: 1, failed: 0, dropped: 0, spooled: 0, pending: 0 })
    expect(sink.spans()).toMatchObject([{ name: 'early', resource: { 'cloud.region': 'eu' } }])
  })
})
