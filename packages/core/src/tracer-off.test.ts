import { context, createContextKey, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { AlwaysOffSampler } from '@opentelemetry/sdk-trace-base'
import { describe, expect, it } from 'vitest'
import { getActiveSpan, getCurrentTracer } from './current-tracer.js'
import { recordSpans } from './record-spans.fixture.js'
import { withTraceContext } from './trace-context.js'
import { Tracer } from './tracer.js'

const tracer = new Tracer()

describe('Tracer without an SDK', () => {
  const KEY = createContextKey('something of the application')

  it('span() runs the function, calls no lambda, serializes nothing and has zero ids', async () => {
    const never = (): never => {
      throw new Error('must not be called')
    }
    const untouchable = new Proxy({}, { get: never, has: never, ownKeys: never, getPrototypeOf: never })
    const result = tracer.span('off', { input: never, metadata: untouchable, attributes: untouchable }, (span) => {
      span.setInput(never).setOutput(never).setInput(untouchable).setOutput(untouchable)
      span.setAttribute('k', untouchable).setAttributes(untouchable).setMetadata(untouchable)
      span.setType('tool').setModel('m', untouchable).setUsage({ input: 1 }).setCost({ total: 1 })
      span.setPrompt({ name: 'p', version: 1 }).setLevel('ERROR', 'x').markFirstToken().addEvent('e')
      span.recordError(untouchable)
      expect(span.id).toBe('0000000000000000')
      expect(span.traceId).toBe('00000000000000000000000000000000')
      expect(span.isRecording).toBe(false)
      expect(span.span('child', () => 3)).toBe(3)
      using child = span.startSpan('child')
      expect(child.isRecording).toBe(false)
      return 7
    })
    expect(result).toBe(7)
  })

  it('span() gives the very promise of the function and leaves the context alone', async () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
    try {
      const promise = Promise.resolve(1)
      expect(tracer.span('off', () => promise)).toBe(promise)
      context.with(ROOT_CONTEXT.setValue(KEY, 'kept'), () => {
        tracer.span('off', (span) => {
          expect(context.active().getValue(KEY)).toBe('kept')
          expect(span.context.getValue(KEY)).toBe('kept')
        })
      })
    } finally {
      context.disable()
    }
  })

  it('flush() and shutdown() resolve', async () => {
    await expect(tracer.flush()).resolves.toBeUndefined()
    await expect(tracer.shutdown()).resolves.toBeUndefined()
  })
})

describe('Tracer with a span that is not sampled', () => {
  it('span() calls no lambda and still passes the context on', async () => {
    const spans = await recordSpans(
      () =>
        withTraceContext({ userId: 'u1' }, () =>
          tracer.span('unsampled', { input: () => expect.unreachable() }, (span) => {
            span.setOutput(() => expect.unreachable())
            expect(span.isRecording).toBe(false)
            expect(span.id).toMatch(/^(?!0+$)[0-9a-f]{16}$/)
            expect(getActiveSpan()).toBe(span)
            expect(getCurrentTracer()).toBe(tracer)
            expect(context.active().getValue(createContextKey('langfuse_user_id'))).toBe('u1')
            expect(trace.getSpanContext(context.active())?.traceId).toBe(span.traceId)
            tracer.span('child', (child) => expect(child.traceId).toBe(span.traceId))
          }),
        ),
      { sampler: new AlwaysOffSampler() },
    )
    expect(spans).toEqual([])
  })
})
