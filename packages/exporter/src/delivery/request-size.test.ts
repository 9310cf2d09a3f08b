import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import { afterEach, describe, expect, it } from 'vitest'
import { createLangfuseSpanProcessor } from '../langfuse-span-processor.js'
import type { LangfuseSpanProcessorOptions } from '../options/exporter-options.js'
import { answerOk, type OtlpSink, startOtlpSink } from '../otlp-sink.fixture.js'
import type { TracingReport } from '../report.js'

const sinks: OtlpSink[] = []
afterEach(async () => {
  await Promise.all(sinks.splice(0).map((sink) => sink.close()))
})

// A server that refuses requests above a size, as proxies and Langfuse Cloud do; and the inputs that it took.
async function limitedTo(limit: number) {
  const inputs: unknown[] = []
  const sink = await startOtlpSink((response, { bytes, spans }) => {
    if (bytes > limit) {
      response.statusCode = 413
      response.end()
      return
    }
    inputs.push(...spans.map(({ attributes }) => attributes['langfuse.observation.input']))
    answerOk(response)
  })
  sinks.push(sink)
  return { sink, inputs }
}

function pipelineTo(baseUrl: string, options: LangfuseSpanProcessorOptions = {}) {
  const reports: TracingReport[] = []
  const onReport = (report: TracingReport) => reports.push(report)
  const processor = createLangfuseSpanProcessor({
    publicKey: 'pk-lf-1',
    secretKey: 'sk-lf-1',
    baseUrl,
    onReport,
    ...options,
  })
  const tracer = new BasicTracerProvider({ spanProcessors: [processor] }).getTracer('axion')
  const end = (input: string): void =>
    tracer.startSpan('step', { attributes: { 'langfuse.observation.input': input } }).end()
  return { processor, reports, end }
}

const MIB = 1024 * 1024

describe('forceFlush()', () => {
  it('forceFlush() delivers 400 spans of 51 kB each, in requests below 4 MiB', async () => {
    const { sink, inputs } = await limitedTo(4 * MIB)
    const { processor, end, reports } = pipelineTo(sink.url)
    const sent = Array.from({ length: 400 }, (_, n) => `${n} ${'x'.repeat(51_000)}`)
    for (const input of sent) end(input)
    await processor.forceFlush()
    expect(processor.stats()).toMatchObject({ exported: 400, failed: 0, dropped: 0, spooled: 0, pending: 0 })
    expect(inputs.toSorted()).toEqual(sent.toSorted())
    // As few as 20 MB can be, and none that the server had to refuse.
    expect(sink.requests).toHaveLength(5)
    expect(reports).toEqual([])
  })

  it.each([
    ['quotes, which JSON doubles', '"'.repeat(51_000)],
    ['control characters, six bytes each', '\u0001'.repeat(51_000)],
    ['characters of three bytes', '語'.repeat(17_000)],
  ])('forceFlush() measures what it sends: %s', async (_what, input) => {
    const { sink } = await limitedTo(16 * MIB)
    const { processor, end } = pipelineTo(sink.url, { maxBatchBytes: MIB })
    for (let n = 0; n < 60; n++) end(input)
    await processor.forceFlush()
    expect(processor.stats()).toMatchObject({ exported: 60, failed: 0, dropped: 0, spooled: 0, pending: 0 })
    expect(sink.requests.filter(({ bytes }) => bytes > MIB)).toEqual([])
  })

  it('forceFlush() halves what the server refuses as too large', async () => {
    const { sink, inputs } = await limitedTo(300_000)
    const { processor, end, reports } = pipelineTo(sink.url)
    const sent = Array.from({ length: 40 }, (_, n) => `${n} ${'x'.repeat(51_000)}`)
    for (const input of sent) end(input)
    await processor.forceFlush()
    expect(processor.stats()).toMatchObject({ exported: 40, failed: 0, dropped: 0, spooled: 0, pending: 0 })
    expect(inputs.toSorted()).toEqual(sent.toSorted())
    expect(reports).toEqual([])
  })

  it('forceFlush() remembers what the server found too large', async () => {
    const { sink } = await limitedTo(300_000)
    const { processor, end } = pipelineTo(sink.url)
    const burst = async (): Promise<number> => {
      const before = sink.requests.length
      for (let n = 0; n < 40; n++) end('x'.repeat(51_000))
      await processor.forceFlush()
      return sink.requests.slice(before).filter(({ bytes }) => bytes > 300_000).length
    }
    expect(await burst()).toBeGreaterThan(0)
    expect(await burst()).toBe(0)
  })

  it('forceFlush() cuts a span that is larger than a request, and sends the rest as it is', async () => {
    const { sink, inputs } = await limitedTo(16 * MIB)
    const { processor, end, reports } = pipelineTo(sink.url, { maxBatchBytes: MIB })
    for (const input of ['small', 'x'.repeat(4 * MIB), 'other']) end(input)
    await processor.forceFlush()
    expect(processor.stats()).toMatchObject({ exported: 3, failed: 0, dropped: 0, spooled: 0, pending: 0 })
    expect(sink.requests.filter(({ bytes }) => bytes > MIB)).toEqual([])
    const [cut] = inputs.map(String).filter((input) => input.startsWith('xxx'))
    expect(cut).toMatch(/^x{900000,}.*cut/)
    expect(inputs).toEqual(expect.arrayContaining(['small', 'other']))
    expect(reports).toEqual([])
  })

  it('forceFlush() cuts a span until the server takes it', async () => {
    const { sink, inputs } = await limitedTo(20_000)
    const { processor, end } = pipelineTo(sink.url)
    end('x'.repeat(MIB))
    await processor.forceFlush()
    expect(processor.stats()).toMatchObject({ exported: 1, failed: 0 })
    expect(inputs).toEqual([expect.stringMatching(/^x{5000,}.*cut/)])
  })

  it('forceFlush() sends spans together after one that was alone was found too large, however much was cut', async () => {
    const sink = await startOtlpSink((response, { spans }) => {
      const isTooLarge = spans.some(({ attributes }) =>
        String(attributes['langfuse.observation.input']).startsWith('x'),
      )
      return isTooLarge ? response.writeHead(413).end() : answerOk(response)
    })
    sinks.push(sink)
    const { processor, end } = pipelineTo(sink.url)
    end('x'.repeat(MIB))
    await processor.forceFlush()
    const before = sink.requests.length
    for (let n = 0; n < 100; n++) end('small')
    await processor.forceFlush()
    expect(processor.stats()).toMatchObject({ exported: 100, failed: 1 })
    expect(sink.requests.length - before).toBe(1)
  })

  it('forceFlush() fails a span that the server finds too large however much is cut', async () => {
    const { sink } = await limitedTo(10)
    const { processor, end, reports } = pipelineTo(sink.url)
    end('x'.repeat(MIB))
    await processor.forceFlush()
    expect(processor.stats()).toMatchObject({ exported: 0, failed: 1, pending: 0 })
    expect(reports).toEqual([
      {
        level: 'error',
        code: 'delivery_failed',
        message: `Cannot send spans to Langfuse at ${sink.url}: it answered 413, a single span is too large: put less into the span, or raise the limit of the server`,
      },
    ])
  })
})
