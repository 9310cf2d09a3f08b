import { SpanStatusCode } from '@opentelemetry/api'
import type { SpanProcessor } from '@opentelemetry/sdk-trace-base'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collectDiag } from './collect-diag.fixture.js'
import { getActiveSpan, getCurrentTracer } from './current-tracer.js'
import { createRecorder, parentName, recordSpans, spanNamed } from './record-spans.fixture.js'
import { type Compiled, compileCore } from './run-compiled.fixture.js'
import type { Span } from './span.js'
import { Tracer } from './tracer.js'

const tracer = new Tracer()

describe('Tracer.span()', () => {
  it('span() gives back what a sync function returns, at once, and ends the span', async () => {
    const result = {}
    const spans = await recordSpans(({ spans }) => {
      expect(tracer.span('work', () => result)).toBe(result)
      expect(spans.map(({ name }) => name)).toEqual(['work'])
    })
    expect(spanNamed(spans, 'work').instrumentationScope).toMatchObject({ name: 'axion', version: '0.0.0' })
    expect(spanNamed(spans, 'work').attributes).toEqual({
      'langfuse.observation.type': 'span',
      'langfuse.trace.name': 'work',
    })
  })

  it('span() gives back what an async function resolves to and ends the span then', async () => {
    await recordSpans(async ({ spans }) => {
      const promise = tracer.span('work', async () => 5)
      expect(promise).toBeInstanceOf(Promise)
      expect(spans).toHaveLength(0)
      await expect(promise).resolves.toBe(5)
      expect(spans).toHaveLength(1)
    })
  })

  it('span() throws on the very error that was thrown, the span marked', async () => {
    const error = new TypeError('no such index')
    const spans = await recordSpans(() => {
      let caught: unknown
      try {
        tracer.span('work', () => {
          throw error
        })
      } catch (thrown) {
        caught = thrown
      }
      expect(caught).toBe(error)
    })
    const span = spanNamed(spans, 'work')
    expect(span.status).toEqual({ code: SpanStatusCode.ERROR, message: 'no such index' })
    expect(span.attributes).toMatchObject({
      'langfuse.observation.level': 'ERROR',
      'langfuse.observation.status_message': 'no such index',
    })
    expect(span.events[0]?.name).toBe('exception')
    expect(span.events[0]?.attributes).toMatchObject({
      'exception.type': 'TypeError',
      'exception.message': 'no such index',
    })
  })

  it('span() rejects with the very error of an async function, the span marked', async () => {
    const error = new Error('timed out')
    const spans = await recordSpans(async () => {
      const caught = await tracer.span('work', () => Promise.reject(error)).catch((reason: unknown) => reason)
      expect(caught).toBe(error)
    })
    expect(spanNamed(spans, 'work').status).toEqual({ code: SpanStatusCode.ERROR, message: 'timed out' })
  })

  it.each([[undefined], [null], [0], [''], ['text'], [Symbol('s')], [Object.create(null)]])(
    'span() throws on %o, which is no error, untouched',
    async (thrown) => {
      const spans = await recordSpans(() => {
        let caught: unknown = 'nothing'
        try {
          tracer.span('work', () => {
            throw thrown
          })
        } catch (error) {
          caught = error
        }
        expect(caught).toBe(thrown)
      })
      expect(spanNamed(spans, 'work').attributes['langfuse.observation.level']).toBe('ERROR')
    },
  )

  it('span() nests by itself across awaits, timers and concurrent siblings', async () => {
    const hop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
    const spans = await recordSpans(() =>
      tracer.span('root', async () => {
        await hop()
        await Promise.all(
          ['a', 'b'].map((name) =>
            tracer.span(name, async () => {
              await hop()
              await new Promise<void>((resolve) =>
                setTimeout(() => tracer.span(`${name} in a timer`, () => resolve()), 0),
              )
              tracer.span(`${name} after`, () => {})
            }),
          ),
        )
      }),
    )
    const parents = Object.fromEntries(spans.map(({ name }) => [name, parentName(spans, name)]))
    expect(parents).toEqual({
      root: undefined,
      a: 'root',
      b: 'root',
      'a in a timer': 'a',
      'b in a timer': 'b',
      'a after': 'a',
      'b after': 'b',
    })
    expect(new Set(spans.map((span) => span.spanContext().traceId)).size).toBe(1)
  })

  it('span() takes options before the function', async () => {
    const spans = await recordSpans(() => {
      tracer.span('work', { type: 'tool', input: { q: 1 }, metadata: { 'a.b': 1 }, attributes: { k: 2 } }, () => {})
    })
    expect(spanNamed(spans, 'work').attributes).toEqual({
      'langfuse.observation.type': 'tool',
      'langfuse.trace.name': 'work',
      'langfuse.observation.input': '{"q":1}',
      'langfuse.observation.metadata.a.b': 1,
      'langfuse.observation.metadata.k': 2,
    })
  })

  it('span() ends a span once when the function has ended it already', async () => {
    const spans = await recordSpans(() => tracer.span('work', (span) => span.end()))
    expect(spans).toHaveLength(1)
  })
})

describe('Tracer.asyncSpan()', () => {
  it('asyncSpan() makes a promise of a plain result and a rejection of a throw', async () => {
    const error = new Error('at once')
    const spans = await recordSpans(async () => {
      await expect(tracer.asyncSpan('plain', () => 1)).resolves.toBe(1)
      await expect(tracer.asyncSpan('options', { type: 'tool' }, async () => 2)).resolves.toBe(2)
      const caught = await tracer
        .asyncSpan('throws', () => {
          throw error
        })
        .catch((reason: unknown) => reason)
      expect(caught).toBe(error)
    })
    expect(spanNamed(spans, 'options').attributes['langfuse.observation.type']).toBe('tool')
    expect(spanNamed(spans, 'throws').status.code).toBe(SpanStatusCode.ERROR)
  })
})

describe('Tracer.startSpan()', () => {
  it('startSpan() is not made active and ends with its block', async () => {
    const spans = await recordSpans(({ spans }) => {
      {
        using span = tracer.startSpan('step')
        span.setInput('in')
        expect(getActiveSpan()).toBeUndefined()
        expect(spans).toHaveLength(0)
      }
      expect(spans).toHaveLength(1)
    })
    expect(spanNamed(spans, 'step').attributes['langfuse.observation.input']).toBe('in')
  })

  it('startSpan() ends with its block when the block throws, and with `await using`', async () => {
    const spans = await recordSpans(async () => {
      expect(() => {
        using _span = tracer.startSpan('thrown through')
        throw new Error('out')
      }).toThrow('out')
      await using _span = tracer.startSpan('awaited')
    })
    expect(spans.map(({ name }) => name)).toEqual(['thrown through', 'awaited'])
  })
})

describe('Tracer.context()', () => {
  it('context() makes its tracer the current one, keeps the active span, and puts its fields on every span', async () => {
    const request = new Tracer('llm', { sessionId: 's1', tags: ['prod'] })
    const spans = await recordSpans(() =>
      tracer.span('outer', (outer) => {
        request.context(() => {
          expect(getCurrentTracer()).toBe(request)
          expect(getActiveSpan()).toBe(outer)
          tracer.span('inner', () => {})
        })
        expect(getCurrentTracer()).toBe(tracer)
      }),
    )
    expect(parentName(spans, 'inner')).toBe('outer')
    expect(spanNamed(spans, 'inner').attributes).toMatchObject({
      'session.id': 's1',
      'langfuse.trace.tags': ['prod'],
    })
    expect(spanNamed(spans, 'outer').attributes).not.toHaveProperty('session.id')
  })
})

describe('Tracer and its provider', () => {
  it('span() finds an SDK that is registered after the tracer was made and used, and the next one', async () => {
    const late = new Tracer()
    late.span('before', () => {})
    for (const name of ['first', 'second']) {
      const spans = await recordSpans(() => late.span(name, () => {}))
      expect(spans.map((span) => span.name)).toEqual([name])
    }
    expect(late.startSpan('after').isRecording).toBe(false)
  })

  it('span() goes to the provider of the options, not to the registered one', async () => {
    const own = createRecorder()
    const isolated = new Tracer('base', { provider: own.provider, name: 'my-scope', scopeVersion: '1.2.3' })
    const registered = await recordSpans(() => isolated.span('isolated', () => {}))
    expect(registered).toEqual([])
    expect(spanNamed(own.spans, 'isolated').instrumentationScope).toMatchObject({ name: 'my-scope', version: '1.2.3' })
  })

  it('flush() waits for the provider and reports its failure to diag alone', async () => {
    const calls: string[] = []
    const provider = {
      getTracer: () => createRecorder().provider.getTracer('x'),
      forceFlush: async () => void calls.push('flush'),
      shutdown: () => Promise.reject(new Error('down')),
    }
    const own = new Tracer('base', { provider })
    const lines = await collectDiag(async () => {
      await own.flush()
      await own.shutdown()
    })
    expect(calls).toEqual(['flush'])
    expect(lines).toEqual(['error: Cannot shutdown the tracer provider'])
  })

  it('span() runs the function when the provider throws, and asks it again', async () => {
    const recorder = createRecorder()
    let failures = 0
    const provider = {
      getTracer(name: string) {
        if (failures++ < 1) throw new Error('no tracer')
        return recorder.provider.getTracer(name)
      },
    }
    const own = new Tracer('base', { provider })
    const lines = await collectDiag(() => {
      expect(own.span('lost', () => 1)).toBe(1)
      expect(own.span('kept', () => 2)).toBe(2)
    })
    expect(lines).toEqual(['error: Cannot start a span'])
    expect(recorder.spans.map(({ name }) => name)).toEqual(['kept'])
  })

  it('span() runs the function when startSpan of the SDK throws, in the context that was active', async () => {
    const provider = {
      getTracer: () => ({
        startSpan: (): never => {
          throw new Error('broken')
        },
        startActiveSpan: (): never => expect.unreachable(),
      }),
    }
    const broken = new Tracer('base', { provider })
    const spans = await recordSpans(() =>
      tracer.span('outer', (outer) => {
        expect(broken.span('lost', () => getActiveSpan())).toBe(outer)
        broken.span('lost', (span) => span.startSpan('lost too').end())
        tracer.span('inner', () => {})
      }),
    )
    expect(parentName(spans, 'inner')).toBe('outer')
  })

  it('span() is not disturbed by processors that throw when a span starts or ends', async () => {
    const throwing = (hook: 'onStart' | 'onEnd'): SpanProcessor => ({
      onStart: () => {
        if (hook === 'onStart') throw new Error(hook)
      },
      onEnd: () => {
        if (hook === 'onEnd') throw new Error(hook)
      },
      forceFlush: async () => {},
      shutdown: async () => {},
    })
    for (const hook of ['onStart', 'onEnd'] as const) {
      await recordSpans(
        async () => {
          expect(tracer.span('sync', () => 1)).toBe(1)
          await expect(tracer.span('async', async () => 2)).resolves.toBe(2)
          expect(() => tracer.startSpan('manual').end()).not.toThrow()
        },
        { processors: [throwing(hook)] },
      )
    }
  })

  it.each([
    ['maxBytes', -1],
    ['maxBytes', Number.NaN],
    ['maxItems', 1.5],
    ['maxDepth', 1001],
    ['maxDepth', Number.POSITIVE_INFINITY],
  ] as const)('Tracer() rejects the limit %s %d', (limit, value) => {
    expect(() => new Tracer('base', { limits: { [limit]: value } })).toThrow(
      new RegExp(`^Cannot limit ${limit} to ${value}: expected a whole number from 0 to \\d+$`),
    )
  })
})

describe('Tracer with hostile callers', () => {
  it('span() runs the function whatever the options are', async () => {
    const throwing = new Proxy({}, { get: (_, key) => (key === 'parent' ? undefined : explode()) })
    const explode = (): never => {
      throw new Error('hostile')
    }
    const ignoreTypes = tracer as unknown as { span(...args: unknown[]): unknown }
    await recordSpans(() => {
      for (const options of [null, throwing, { attributes: null, metadata: 5, links: 7, model: 5, startTime: {} }]) {
        expect(ignoreTypes.span('work', options, () => 'done')).toBe('done')
      }
      for (const name of [undefined, null, 5, {}, Symbol('s')])
        expect(ignoreTypes.span(name, () => 'done')).toBe('done')
    })
  })

  it('logLlmCall() and logRetrievalCall() do not throw for records that lack everything', async () => {
    const ignoreTypes = tracer as unknown as Record<string, (call?: unknown) => void>
    await recordSpans(() => {
      for (const call of [undefined, null, {}, { documents: null }, { model: 5, usage: null, cost: 7 }]) {
        expect(() => ignoreTypes.logLlmCall?.(call)).not.toThrow()
        expect(() => ignoreTypes.logRetrievalCall?.(call)).not.toThrow()
      }
    })
  })
})

describe('Tracer in a process of its own', () => {
  let compiled: Compiled
  beforeAll(async () => {
    compiled = await compileCore()
  })
  afterAll(() => compiled.close())

  const SDK = `
    import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
    import { trace } from '@opentelemetry/api'
    import { Tracer, traced } from './core/index.js'
    trace.setGlobalTracerProvider(new BasicTracerProvider())
    process.on('unhandledRejection', (reason) => console.log('unhandled', reason.message))
    const reject = async () => { throw new Error('nobody looks') }
  `

  it.each([
    ['span', "new Tracer().span('work', reject)"],
    ['asyncSpan', "new Tracer().asyncSpan('work', reject)"],
    ['traced', 'traced(reject)()'],
  ])('%s() leaves a rejection that nobody handles to be reported, once', async (_, call) => {
    const { stdout } = await compiled.runJavaScript(`${SDK}; ${call}`)
    expect(stdout).toBe('unhandled nobody looks\n')
  })

  it('span() does not make a rejection that is handled an unhandled one', async () => {
    const handled = "new Tracer().span('work', reject).catch(() => console.log('handled'))"
    expect((await compiled.runJavaScript(`${SDK}; ${handled}`)).stdout).toBe('handled\n')
  })

  it('span() works without a context manager, with explicit parents', async () => {
    const { stdout } = await compiled.runJavaScript(`${SDK}
      new Tracer().span('root', async (root) => {
        await root.span('child', async (child) => console.log(child.traceId === root.traceId, child.id !== root.id))
      })`)
    expect(stdout).toBe('true true\n')
  })
})

it('Span is disposable under its public type', () => {
  const dispose = (span: Span): void => span[Symbol.dispose]()
  expect(() => dispose(tracer.startSpan('off'))).not.toThrow()
})
