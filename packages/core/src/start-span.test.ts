import { context, INVALID_SPAN_CONTEXT, type SpanContext, TraceFlags, trace } from '@opentelemetry/api'
import { describe, expect, it } from 'vitest'
import { parentName, recordSpans, spanNamed } from './record-spans.fixture.js'
import type { Span } from './span.js'
import { withTraceContext } from './trace-context.js'
import { Tracer } from './tracer.js'

const tracer = new Tracer()
const REMOTE: SpanContext = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: TraceFlags.SAMPLED,
  isRemote: true,
}

describe('startSpan() with a parent', () => {
  it('startSpan() nests under an explicit span, whatever is active', async () => {
    const spans = await recordSpans(() => {
      const parent = tracer.startSpan('parent')
      tracer.span('active', () => {
        tracer.startSpan('by option', { parent }).end()
        parent.startSpan('by method').end()
        parent.span('by callback', () => tracer.startSpan('grandchild').end())
      })
      parent.end()
    })
    expect(parentName(spans, 'by option')).toBe('parent')
    expect(parentName(spans, 'by method')).toBe('parent')
    expect(parentName(spans, 'by callback')).toBe('parent')
    expect(parentName(spans, 'grandchild')).toBe('by callback')
    expect(spanNamed(spans, 'by option').attributes['langfuse.trace.name']).toBe('parent')
  })

  it('startSpan() nests under a span of OpenTelemetry and under a remote span context', async () => {
    const spans = await recordSpans(({ provider }) => {
      const otelSpan = provider.getTracer('other').startSpan('otel')
      tracer.startSpan('under otel', { parent: otelSpan }).end()
      otelSpan.end()
      tracer.startSpan('under remote', { parent: REMOTE }).end()
    })
    expect(parentName(spans, 'under otel')).toBe('otel')
    expect(spanNamed(spans, 'under remote').parentSpanContext).toMatchObject({ spanId: REMOTE.spanId })
    expect(spanNamed(spans, 'under remote').spanContext().traceId).toBe(REMOTE.traceId)
  })

  it('startSpan() under a parent of another trace does not take the name of the active one', async () => {
    const spans = await recordSpans(() => tracer.span('active', () => tracer.startSpan('x', { parent: REMOTE }).end()))
    expect(spanNamed(spans, 'x').attributes['langfuse.trace.name']).toBe('x')
  })

  it('startSpan() under an explicit parent has what withTraceContext added in that trace since', async () => {
    const spans = await recordSpans(() =>
      tracer.span('root', (root) => {
        withTraceContext({ userId: 'u1', tags: ['t'] }, () => root.startSpan('child').end())
        const inner = withTraceContext({ sessionId: 's1' }, () => tracer.startSpan('inner'))
        inner.startSpan('grandchild').end()
        inner.end()
      }),
    )
    expect(spanNamed(spans, 'child').attributes).toMatchObject({ 'user.id': 'u1', 'langfuse.trace.tags': ['t'] })
    expect(spanNamed(spans, 'grandchild').attributes).toMatchObject({ 'session.id': 's1' })
    expect(spanNamed(spans, 'grandchild').attributes).not.toHaveProperty('user.id')
  })

  it('startSpan() under an explicit parent of another trace keeps the fields of that trace', async () => {
    const spans = await recordSpans(() => {
      const other = withTraceContext({ userId: 'theirs' }, () => tracer.startSpan('other'))
      withTraceContext({ userId: 'mine', sessionId: 'mine' }, () =>
        tracer.span('active', () => other.startSpan('child').end()),
      )
      other.end()
    })
    expect(spanNamed(spans, 'child').attributes).toMatchObject({ 'user.id': 'theirs', 'langfuse.trace.name': 'other' })
    expect(spanNamed(spans, 'child').attributes).not.toHaveProperty('session.id')
  })

  it('startSpan() under a parent that is invalid begins a trace', async () => {
    const spans = await recordSpans(() => tracer.startSpan('x', { parent: INVALID_SPAN_CONTEXT }).end())
    expect(spanNamed(spans, 'x').parentSpanContext).toBeUndefined()
  })
})

describe('startSpan() with root', () => {
  it('startSpan() begins a new trace that keeps the user and not the name', async () => {
    const spans = await recordSpans(() =>
      withTraceContext({ userId: 'u1' }, () =>
        tracer.span('outer', () => tracer.span('job', { root: true }, () => tracer.span('step', () => {}))),
      ),
    )
    const job = spanNamed(spans, 'job')
    expect(job.parentSpanContext).toBeUndefined()
    expect(job.spanContext().traceId).not.toBe(spanNamed(spans, 'outer').spanContext().traceId)
    expect(job.attributes).toMatchObject({ 'user.id': 'u1', 'langfuse.trace.name': 'job' })
    expect(parentName(spans, 'step')).toBe('job')
    expect(spanNamed(spans, 'step').attributes['langfuse.trace.name']).toBe('job')
  })

  it('startSpan() as the first span anyway keeps the trace name that was set for it', async () => {
    const spans = await recordSpans(() =>
      withTraceContext({ traceName: 'nightly' }, () => tracer.startSpan('job', { root: true }).end()),
    )
    expect(spanNamed(spans, 'job').attributes['langfuse.trace.name']).toBe('nightly')
  })

  it('startSpan() writes the fields of its tracer into the new trace', async () => {
    const named = new Tracer('base', { traceName: 'fixed' })
    const spans = await recordSpans(() => named.span('outer', () => named.startSpan('job', { root: true }).end()))
    expect(spanNamed(spans, 'job').attributes['langfuse.trace.name']).toBe('fixed')
  })
})

describe('startSpan() with links and a start time', () => {
  it('startSpan() links spans of this package and of OpenTelemetry', async () => {
    let first: Span | undefined
    const spans = await recordSpans(() => {
      first = tracer.startSpan('first')
      tracer.startSpan('second', { links: [first, { context: REMOTE, attributes: { why: 'batch' } }] }).end()
    })
    expect(spanNamed(spans, 'second').links).toEqual([
      { context: first?.otelSpan.spanContext() },
      { context: REMOTE, attributes: { why: 'batch' } },
    ])
  })

  it('startSpan() leaves out links to spans that are off', async () => {
    const off = tracer.startSpan('off')
    const spans = await recordSpans(() =>
      tracer.startSpan('work', { links: [off, { context: INVALID_SPAN_CONTEXT }, { context: REMOTE }] }).end(),
    )
    expect(spanNamed(spans, 'work').links).toEqual([{ context: REMOTE }])
  })

  it('startSpan() begins when it is told and ends when it is told', async () => {
    const spans = await recordSpans(() =>
      tracer
        .startSpan('past', { startTime: new Date('2026-01-02T03:04:05.006Z') })
        .end(new Date('2026-01-02T03:04:06.007Z')),
    )
    expect(spanNamed(spans, 'past').startTime).toEqual([1767323045, 6_000_000])
    expect(spanNamed(spans, 'past').endTime).toEqual([1767323046, 7_000_000])
  })
})

describe('startSpan() and the observation type', () => {
  it.each([
    [new Tracer(), 'vector-retrieval', {}, 'retriever'],
    [new Tracer('knowledge'), 'lookup', {}, 'retriever'],
    [new Tracer('evaluation'), 'run', {}, 'evaluator'],
    [new Tracer('knowledge'), 'tool-call', {}, 'tool'],
    [new Tracer(), 'tool-call', { type: 'event' }, 'event'],
    [new Tracer(), 'tool-call', { model: 'gpt-4o' }, 'generation'],
    [new Tracer(), 'tool-call', { model: 'text-embedding-3-small' }, 'embedding'],
    [new Tracer(), 'tool-call', { type: 'agent', model: 'gpt-4o' }, 'agent'],
    [new Tracer(), 'tool-call', { attributes: { model_name: 'gpt-4o' } }, 'generation'],
    [new Tracer(), 'tool-call', { model: '' }, 'tool'],
  ] as const)('startSpan() of %o %s with %o is a %s', async (by, name, options, type) => {
    const spans = await recordSpans(() => by.startSpan(name, options).end())
    expect(spanNamed(spans, name).attributes['langfuse.observation.type']).toBe(type)
  })
})

it('startSpan() leaves spans of other instrumentation alone', async () => {
  const spans = await recordSpans(({ provider }) => {
    const http = provider.getTracer('http').startSpan('GET /')
    context.with(trace.setSpan(context.active(), http), () => tracer.span('rag', () => {}))
    http.end()
  })
  expect(parentName(spans, 'rag')).toBe('GET /')
  expect(spanNamed(spans, 'GET /').attributes).toEqual({})
  expect(spanNamed(spans, 'rag').attributes['langfuse.trace.name']).toBe('rag')
})
