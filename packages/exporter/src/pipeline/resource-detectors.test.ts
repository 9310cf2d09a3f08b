import { resourceFromAttributes } from '@opentelemetry/resources'
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLangfuseSpanProcessor } from '../langfuse-span-processor.js'
import type { LangfuseSpanProcessorOptions } from '../options/exporter-options.js'
import { type OtlpSink, startOtlpSink } from '../otlp-sink.fixture.js'
import { runProgram } from '../run-program.fixture.js'

let sink: OtlpSink
beforeEach(async () => {
  sink = await startOtlpSink()
})
afterEach(() => sink.close())

function setUp(detected: Promise<string>, options: LangfuseSpanProcessorOptions = {}) {
  const reports: string[] = []
  const processor = createLangfuseSpanProcessor({
    publicKey: 'pk',
    secretKey: 'sk',
    baseUrl: sink.url,
    onReport: ({ code }) => reports.push(code),
    ...options,
  })
  const resource = resourceFromAttributes({ 'service.name': 'svc', 'cloud.id': detected })
  const tracer = new BasicTracerProvider({ spanProcessors: [processor], resource }).getTracer('axion')
  const end = (count: number): void => {
    for (let n = 0; n < count; n++) tracer.startSpan('step').end()
  }
  return { processor, end, reports }
}

const never = new Promise<string>(() => {})

describe('createLangfuseSpanProcessor()', () => {
  it('createLangfuseSpanProcessor() waits for what a detector finds', async () => {
    let find = (_value: string): void => {}
    const detected = new Promise<string>((resolve) => {
      find = resolve
    })
    const { processor, end, reports } = setUp(detected)
    end(1)
    const flushed = processor.forceFlush()
    expect(processor.stats()).toMatchObject({ pending: 1 })
    find('c-1')
    await flushed
    expect(sink.spans()[0]?.resource).toMatchObject({ 'service.name': 'svc', 'cloud.id': 'c-1' })
    expect(reports).toEqual([])
    await processor.shutdown()
  })

  it('createLangfuseSpanProcessor() sends spans without what a detector looks for that does not end, and says so once', async () => {
    const { processor, end, reports } = setUp(never, { timeoutMillis: 20 })
    end(1)
    await processor.forceFlush()
    end(1)
    await processor.shutdown()
    expect(sink.spans().map(({ resource }) => resource)).toEqual([{ 'service.name': 'svc' }, { 'service.name': 'svc' }])
    expect(processor.stats()).toMatchObject({ exported: 2, failed: 0, dropped: 0, pending: 0 })
    expect(reports).toEqual(['detector_overdue'])
  })

  it('createLangfuseSpanProcessor() holds no more spans for a detector than its queue may', async () => {
    const { processor, end } = setUp(never, { maxQueueSpans: 10, maxBatchSpans: 5, timeoutMillis: 1000 })
    end(100)
    expect(processor.stats()).toMatchObject({ pending: 10, dropped: 90, droppedBy: { queue_full: 90 } })
    await processor.shutdown()
    expect(sink.spans()).toHaveLength(10)
  })

  it('createLangfuseSpanProcessor() sends what waits for a detector before the process ends', async () => {
    const program = `
      import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
      import { resourceFromAttributes } from '@opentelemetry/resources'
      import { createLangfuseSpanProcessor } from '@axion/exporter'
      const processor = createLangfuseSpanProcessor({ exitHooks: { deadlineMillis: 1000 } })
      const resource = resourceFromAttributes({ 'cloud.id': new Promise(() => {}) })
      new BasicTracerProvider({ spanProcessors: [processor], resource }).getTracer('axion').startSpan('step').end()
      if (process.env.SIGNAL) {
        process.kill(process.pid, process.env.SIGNAL)
        setInterval(() => {}, 1000)
      }
    `
    const keys = { LANGFUSE_PUBLIC_KEY: 'pk', LANGFUSE_SECRET_KEY: 'sk', LANGFUSE_BASE_URL: sink.url }
    for (const environment of [keys, { ...keys, SIGNAL: 'SIGTERM' }]) {
      expect((await runProgram(program, environment)).stderr).toMatch(
        /^\[axion\] Sending spans without a part of [^\n]*\n$/,
      )
    }
    expect(sink.spans()).toHaveLength(2)
  })
})
