import { Tracer, withTraceContext } from '@axion/core'
import { enableBaggage } from '@axion/core/baggage'
import { LangfuseSpanProcessor } from '@langfuse/otel'
import { propagateAttributes, setLangfuseTracerProvider, startActiveObservation } from '@langfuse/tracing'
import { context, propagation, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const FIELDS = {
  userId: 'ada',
  sessionId: 's-1',
  traceName: 'rag',
  tags: ['a', 'b'],
  metadata: { tier: 'gold', note: 'x' },
  environment: 'prod',
  version: '1.2',
  prompt: { name: 'answer', version: 3 },
}

const ATTRIBUTES = {
  'user.id': 'ada',
  'session.id': 's-1',
  'langfuse.trace.name': 'rag',
  'langfuse.trace.tags': ['a', 'b'],
  'langfuse.trace.metadata.tier': 'gold',
  'langfuse.trace.metadata.note': 'x',
  'langfuse.environment': 'prod',
  'langfuse.version': '1.2',
  'langfuse.observation.prompt.name': 'answer',
  'langfuse.observation.prompt.version': 3,
}

// `propagateAttributes` of Langfuse's package, as published, and `withTraceContext`: each sees what the other set.
describe("withTraceContext() and Langfuse's propagateAttributes()", () => {
  const tracer = new Tracer()
  let exporter: InMemorySpanExporter

  /** Langfuse's spans get the fields from its processor, ours have them without one. */
  function register(...processors: SpanProcessor[]): void {
    exporter = new InMemorySpanExporter()
    const provider = new BasicTracerProvider({ spanProcessors: [...processors, new SimpleSpanProcessor(exporter)] })
    trace.disable()
    trace.setGlobalTracerProvider(provider)
    setLangfuseTracerProvider(provider)
  }

  beforeEach(() => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
    register(langfuseProcessor())
  })

  afterEach(() => {
    vi.restoreAllMocks()
    setLangfuseTracerProvider(null)
    trace.disable()
    context.disable()
  })

  const ours = (name: string): void => tracer.span(name, () => {})
  const theirs = (name: string): void => startActiveObservation(name, () => {})

  function attributesOf(name: string): ReadableSpan['attributes'] {
    const [span, ...others] = exporter.getFinishedSpans().filter((finished) => finished.name === name)
    if (!span || others.length > 0) throw new Error(`Expected one span ${name}`)
    return span.attributes
  }

  it('fields set by theirs stand on our spans, without any processor of theirs', () => {
    register()
    propagateAttributes(FIELDS, () => ours('work'))
    expect(attributesOf('work')).toEqual({ 'langfuse.observation.type': 'span', ...ATTRIBUTES })
  })

  it('fields set by ours stand on their spans', () => {
    withTraceContext(FIELDS, () => theirs('work'))
    expect(attributesOf('work')).toMatchObject(ATTRIBUTES)
  })

  type Fields = Partial<Omit<typeof FIELDS, 'metadata'>> & { readonly metadata: Record<string, string> }
  type Set = (fields: Fields, fn: () => void) => void

  it.each<[string, Set, Set]>([
    ['theirs inside ours', withTraceContext, propagateAttributes],
    ['ours inside theirs', propagateAttributes, withTraceContext],
  ])('%s: the inner one wins, tags add up, metadata is merged, and all is as before outside', (_, outer, inner) => {
    outer({ userId: 'outer', sessionId: 's-1', tags: ['a'], metadata: { x: '1', y: '1' } }, () => {
      inner({ userId: 'inner', tags: ['b', 'a'], metadata: { y: '2' } }, () => {
        ours('ours inside')
        theirs('theirs inside')
      })
      ours('ours after')
      theirs('theirs after')
    })
    for (const name of ['ours inside', 'theirs inside'])
      expect(attributesOf(name)).toMatchObject({
        'user.id': 'inner',
        'session.id': 's-1',
        'langfuse.trace.tags': ['a', 'b'],
        'langfuse.trace.metadata.x': '1',
        'langfuse.trace.metadata.y': '2',
      })
    for (const name of ['ours after', 'theirs after'])
      expect(attributesOf(name)).toMatchObject({
        'user.id': 'outer',
        'langfuse.trace.tags': ['a'],
        'langfuse.trace.metadata.y': '1',
      })
  })

  it('spans of both nest in one trace, and the active one gets the fields of either', () => {
    tracer.span('root', () => {
      propagateAttributes({ userId: 'by theirs' }, () =>
        startActiveObservation('middle', () => {
          withTraceContext({ sessionId: 'by ours' }, () => ours('leaf'))
        }),
      )
    })
    const [leaf, middle, root] = exporter.getFinishedSpans()
    expect([leaf?.parentSpanContext?.spanId, middle?.parentSpanContext?.spanId]).toEqual([
      middle?.spanContext().spanId,
      root?.spanContext().spanId,
    ])
    expect(root?.attributes).toMatchObject({ 'user.id': 'by theirs' })
    expect(middle?.attributes).toMatchObject({ 'user.id': 'by theirs', 'session.id': 'by ours' })
    expect(leaf?.attributes).toMatchObject({ 'user.id': 'by theirs', 'session.id': 'by ours' })
    // The name that the trace got from our first span stands on theirs as well.
    for (const span of [leaf, middle, root]) expect(span?.attributes['langfuse.trace.name']).toBe('root')
  })

  it('both write the same entries of baggage', () => {
    enableBaggage()
    const entries = (): object =>
      Object.fromEntries(
        propagation
          .getActiveBaggage()
          ?.getAllEntries()
          .map(([name, { value }]) => [name, value]) ?? [],
      )
    const byTheirs = propagateAttributes({ ...FIELDS, asBaggage: true }, () => startActiveObservation('a', entries))
    const byOurs = withTraceContext({ ...FIELDS, baggage: true }, () => tracer.span('b', entries))
    const { langfuse_trace_id: ourTrace, ...ourFields } = byOurs as Record<string, string>
    const { langfuse_trace_id: theirTrace, ...theirFields } = byTheirs as Record<string, string>
    expect(ourFields).toEqual(theirFields)
    expect([ourTrace, theirTrace]).toEqual([traceOf('b'), traceOf('a')])
  })

  it.each<[string, object]>([
    ['200 characters', { userId: 'x'.repeat(200), sessionId: 'x'.repeat(201), traceName: 'n' }],
    ['characters of two units', { userId: '😀'.repeat(100), sessionId: `${'😀'.repeat(100)}x`, traceName: 'n' }],
    ['what is no text', { userId: 5, sessionId: {}, version: true, traceName: 'n' }],
    ['what is empty', { userId: '', sessionId: null, tags: [], metadata: {}, traceName: 'n' }],
    ['tags', { tags: ['x'.repeat(200), 'x'.repeat(201), 5, 'ok'], traceName: 'n' }],
    ['environments', { environment: 'langfuse-x', traceName: 'n' }],
    ['environments', { environment: 'x'.repeat(41), traceName: 'n' }],
    ['prompts', { prompt: { name: '', version: 1 }, traceName: 'n' }],
    ['prompts', { prompt: { name: 'p', version: 1.5 }, traceName: 'n' }],
  ])('both keep and drop the same: %s', (_, fields) => {
    register()
    // Theirs says on the console what it drops.
    vi.spyOn(console, 'warn').mockReturnValue()
    // Callers without types.
    propagateAttributes(fields as typeof FIELDS, () => ours('by theirs'))
    withTraceContext(fields as typeof FIELDS, () => ours('by ours'))
    expect(attributesOf('by ours')).toEqual(attributesOf('by theirs'))
  })

  function traceOf(name: string): string | undefined {
    return exporter
      .getFinishedSpans()
      .find((span) => span.name === name)
      ?.spanContext().traceId
  }
})

function langfuseProcessor(): LangfuseSpanProcessor {
  return new LangfuseSpanProcessor({ exporter: new InMemorySpanExporter(), publicKey: 'pk-lf-1', secretKey: 'sk-lf-1' })
}
