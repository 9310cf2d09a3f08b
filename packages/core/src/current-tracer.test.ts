import { trace } from '@opentelemetry/api'
import { afterEach, describe, expect, it } from 'vitest'
import { getActiveSpan, getCurrentTracer, initTracer } from './current-tracer.js'
import { processSlot } from './process-slot.js'
import { recordSpans, spanNamed } from './record-spans.fixture.js'
import { Tracer } from './tracer.js'

afterEach(() => {
  delete processSlot().defaultTracer
})

describe('getCurrentTracer()', () => {
  it('getCurrentTracer() outside of spans is one plain tracer for the process', () => {
    expect(getCurrentTracer().kind).toBe('base')
    expect(getCurrentTracer()).toBe(getCurrentTracer())
  })

  it('getCurrentTracer() inside a span is the tracer of that span, across awaits', async () => {
    const a = new Tracer('llm')
    const b = new Tracer('knowledge')
    await recordSpans(() =>
      a.span('a', async () => {
        await b.span('b', async () => {
          await Promise.resolve()
          expect(getCurrentTracer()).toBe(b)
        })
        expect(getCurrentTracer()).toBe(a)
      }),
    )
  })
})

describe('getActiveSpan()', () => {
  it('getActiveSpan() is the span of tracer.span, and none outside', async () => {
    const tracer = new Tracer()
    await recordSpans(async () => {
      expect(getActiveSpan()).toBeUndefined()
      await tracer.span('outer', async (outer) => {
        await Promise.resolve()
        expect(getActiveSpan()).toBe(outer)
        tracer.span('inner', (inner) => expect(getActiveSpan()).toBe(inner))
        tracer.startSpan('not active').end()
        expect(getActiveSpan()).toBe(outer)
      })
      expect(getActiveSpan()).toBeUndefined()
    })
  })

  it('getActiveSpan() is none where a span of other instrumentation is the active one', async () => {
    await recordSpans(({ provider }) =>
      new Tracer().span('ours', () =>
        provider.getTracer('http').startActiveSpan('theirs', (span) => {
          expect(trace.getActiveSpan()).toBe(span)
          expect(getActiveSpan()).toBeUndefined()
          span.end()
        }),
      ),
    )
  })
})

describe('initTracer()', () => {
  it('initTracer() makes the tracer of the process and gives it again for the same kind', () => {
    const first = initTracer('llm')
    expect(initTracer('llm')).toBe(first)
    expect(getCurrentTracer()).toBe(first)
    const other = initTracer('knowledge')
    expect(other).not.toBe(first)
    expect(getCurrentTracer()).toBe(other)
  })

  it('initTracer() with options makes a new tracer of the process', () => {
    const first = initTracer('llm')
    const second = initTracer('llm', { release: 'r' })
    expect(second).not.toBe(first)
    expect(getCurrentTracer()).toBe(second)
  })

  it('initTracer() with forceNew leaves the tracer of the process and carries the fields', async () => {
    const first = initTracer('llm')
    const request = initTracer('llm', { forceNew: true, sessionId: 's1', userId: 'u1', tags: ['prod'] })
    expect(request).not.toBe(first)
    expect(getCurrentTracer()).toBe(first)
    expect(initTracer('llm', { forceNew: true })).not.toBe(first)
    const spans = await recordSpans(() => request.span('work', () => expect(getCurrentTracer()).toBe(request)))
    expect(spanNamed(spans, 'work').attributes).toMatchObject({
      'session.id': 's1',
      'user.id': 'u1',
      'langfuse.trace.tags': ['prod'],
    })
  })

  it("initTracer() with a user keeps the user to the tracer it gives: the process's own serves everybody", async () => {
    const spans = await recordSpans(() => {
      const alice = initTracer('llm', { userId: 'alice', sessionId: 's-1', tags: ['prod'] })
      initTracer('llm', { userId: 'bob', metadata: { plan: 'free' }, tags: ['prod'] })
      alice.span('of alice', () => {})
      getCurrentTracer().span('of nobody', () => {})
    })
    expect(spanNamed(spans, 'of alice').attributes).toMatchObject({ 'user.id': 'alice', 'session.id': 's-1' })
    expect(Object.keys(spanNamed(spans, 'of nobody').attributes).sort()).toEqual([
      'langfuse.observation.type',
      'langfuse.trace.name',
      'langfuse.trace.tags',
    ])
  })
})
