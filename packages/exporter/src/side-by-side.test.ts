import { LangfuseSpanProcessor } from '@langfuse/otel'
import { ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api'
import { BasicTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-base'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLangfuseSpanProcessor } from './langfuse-span-processor.js'
import type { LangfuseSpanProcessorOptions } from './options/exporter-options.js'
import { type OtlpSink, startOtlpSink } from './otlp-sink.fixture.js'
import type { AccountedProcessor } from './pipeline/accounted-processor.js'
import type { TracingReport } from './report.js'

// Several processors in one process: to one project and to several, ours and Langfuse's own.

let sink: OtlpSink
const processors: AccountedProcessor[] = []
const reports: TracingReport[] = []
beforeEach(async () => {
  sink = await startOtlpSink()
})
afterEach(async () => {
  await Promise.all(processors.splice(0).map((processor) => processor.shutdown()))
  reports.splice(0)
  await sink.close()
})

function processorTo(publicKey: string, options: LangfuseSpanProcessorOptions = {}): AccountedProcessor {
  const processor = createLangfuseSpanProcessor({
    publicKey,
    secretKey: 'sk',
    baseUrl: sink.url,
    onReport: (report) => reports.push(report),
    ...options,
  })
  processors.push(processor)
  return processor
}

const tracerOf = (...spanProcessors: SpanProcessor[]) => new BasicTracerProvider({ spanProcessors }).getTracer('axion')

// What each project got, by the user name of its requests.
function received(): Record<string, string[]> {
  const byProject: Record<string, string[]> = {}
  for (const { headers, spans } of sink.requests) {
    const [project = ''] = Buffer.from(String(headers.authorization).slice('Basic '.length), 'base64')
      .toString()
      .split(':')
    byProject[project] = [...(byProject[project] ?? []), ...spans.map(({ name }) => name)]
  }
  return byProject
}

describe('createLangfuseSpanProcessor()', () => {
  it('createLangfuseSpanProcessor() sends to two projects by predicate, each with its own stamps', async () => {
    const a = processorTo('a', { shouldExport: ({ name }) => name.startsWith('a'), environment: 'of-a' })
    const b = processorTo('b', { shouldExport: ({ name }) => name.startsWith('b'), environment: 'of-b', tags: ['b'] })
    const tracer = tracerOf(a, b)
    for (const name of ['a1', 'b1', 'a2', 'c1']) tracer.startSpan(name).end()
    await Promise.all([a.forceFlush(), b.forceFlush()])
    expect(received()).toEqual({ a: ['a1', 'a2'], b: ['b1'] })
    const attributesOf = (name: string) => sink.spans().find((span) => span.name === name)?.attributes
    expect(attributesOf('a1')).toEqual({ 'langfuse.environment': 'of-a', 'langfuse.internal.is_app_root': true })
    expect(attributesOf('b1')).toMatchObject({ 'langfuse.environment': 'of-b', 'langfuse.trace.tags': ['b'] })
    expect(a.stats()).toMatchObject({ exported: 2, filtered: 2, filteredBy: { filter: 2 } })
  })

  it('createLangfuseSpanProcessor() sends a span to two projects that both want it, and leaves it untouched', async () => {
    const [a, b] = [processorTo('a', { environment: 'of-a' }), processorTo('b', { environment: 'of-b' })]
    const span = tracerOf(a, b).startSpan('step')
    span.end()
    await Promise.all([a.forceFlush(), b.forceFlush()])
    expect(received()).toEqual({ a: ['step'], b: ['step'] })
    expect(span).toMatchObject({ attributes: {} })
  })

  it('createLangfuseSpanProcessor() sends a span once when two of ours serve one project', async () => {
    const [one, two] = [processorTo('a'), processorTo('a')]
    const tracer = tracerOf(one, two)
    for (const name of ['first', 'second']) tracer.startSpan(name).end()
    await Promise.all([one.forceFlush(), two.forceFlush()])
    expect(received()).toEqual({ a: ['first', 'second'] })
    expect(two.stats()).toMatchObject({ exported: 0, filteredBy: { elsewhere: 2 } })
    await one.shutdown()
    tracer.startSpan('third').end()
    await two.forceFlush()
    expect(received().a).toContain('third')
  })

  it.each([
    ['before', true],
    ['after', false],
  ])(
    'createLangfuseSpanProcessor() leaves to @langfuse/otel, %s it, what that sends to the same project',
    async (_case, isFirst) => {
      const ours = processorTo('a')
      const theirs = new LangfuseSpanProcessor({
        publicKey: 'a',
        secretKey: 'sk',
        baseUrl: sink.url,
        exportMode: 'immediate',
      })
      const provider = new BasicTracerProvider({ spanProcessors: isFirst ? [ours, theirs] : [theirs, ours] })
      // Theirs knows its own scope, and not ours.
      provider.getTracer('langfuse-sdk').startSpan('theirs').end()
      provider.getTracer('axion').startSpan('ours').end()
      await provider.forceFlush()
      expect(ours.stats()).toMatchObject({ exported: 1, filteredBy: { elsewhere: 1 } })
      expect(reports.map(({ code }) => code)).toEqual(['duplicate_processor'])
      await theirs.shutdown()
    },
  )

  it('createLangfuseSpanProcessor() does not mind @langfuse/otel for another project', async () => {
    const ours = processorTo('a')
    const theirs = new LangfuseSpanProcessor({
      publicKey: 'b',
      secretKey: 'sk',
      baseUrl: sink.url,
      exportMode: 'immediate',
    })
    const provider = new BasicTracerProvider({ spanProcessors: [ours, theirs] })
    provider.getTracer('langfuse-sdk').startSpan('step').end()
    await ours.forceFlush()
    expect(ours.stats()).toMatchObject({ exported: 1 })
    expect(reports).toEqual([])
    await theirs.shutdown()
  })

  it('createLangfuseSpanProcessor() hangs children of spans it does not send on the nearest it does', async () => {
    const processor = processorTo('a')
    const provider = new BasicTracerProvider({ spanProcessors: [processor] })
    const [ours, http] = [provider.getTracer('axion'), provider.getTracer('http')]
    const root = ours.startSpan('root')
    const request = http.startSpan('GET', {}, trace.setSpan(ROOT_CONTEXT, root))
    const child = ours.startSpan('child', {}, trace.setSpan(ROOT_CONTEXT, request))
    child.end()
    request.end()
    root.end()
    await processor.forceFlush()
    const byName = Object.fromEntries(sink.spans().map((span) => [span.name, span]))
    expect(byName.child?.parentSpanId).toBe(root.spanContext().spanId)
    expect(byName.child?.attributes).not.toHaveProperty('langfuse.internal.is_app_root')
    expect(byName.root?.attributes).toHaveProperty('langfuse.internal.is_app_root', true)
  })
})

describe('sampleRate', () => {
  it('sampleRate of one pipeline leaves a span to another one of the same project', async () => {
    const [none, all] = [processorTo('a', { sampleRate: 0 }), processorTo('a')]
    tracerOf(none, all).startSpan('step').end()
    await Promise.all([none.forceFlush(), all.forceFlush()])
    expect(received()).toEqual({ a: ['step'] })
    expect([none.stats().filteredBy.sampling, all.stats().exported]).toEqual([1, 1])
  })
})

describe('alwaysKeep', () => {
  it('alwaysKeep sends traces that fail although the sample rate leaves them out, whole', async () => {
    const processor = processorTo('a', { sampleRate: 0, alwaysKeep: { slowerThanMillis: 1000 } })
    const tracer = tracerOf(processor)
    const traceOf = (name: string, fails: boolean, millis: number): void => {
      const root = tracer.startSpan(name, { startTime: [1000, 0] })
      const child = tracer.startSpan(`${name} child`, {}, trace.setSpan(ROOT_CONTEXT, root))
      if (fails) child.setStatus({ code: SpanStatusCode.ERROR })
      child.end()
      root.end([1000 + Math.floor(millis / 1000), (millis % 1000) * 1e6])
    }
    traceOf('fine', false, 1)
    traceOf('failed', true, 1)
    traceOf('slow', false, 1000)
    await processor.forceFlush()
    expect(received().a?.toSorted()).toEqual(['failed', 'failed child', 'slow', 'slow child'])
    expect(processor.stats()).toMatchObject({ exported: 4, filteredBy: { sampling: 2 }, undecided: 0 })
  })
})
