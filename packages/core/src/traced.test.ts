import { AlwaysOffSampler } from '@opentelemetry/sdk-trace-base'
import { describe, expect, it } from 'vitest'
import { getActiveSpan } from './current-tracer.js'
import { createRecorder, parentName, recordSpans, spanNamed } from './record-spans.fixture.js'
import { traced } from './traced.js'
import { Tracer } from './tracer.js'
// For the names of parameters.
import './node.js'

describe('traced()', () => {
  it('traced() behaves as the function does: result, this, name, length, extra properties', async () => {
    const fn = Object.assign(
      function add(this: { base: number }, a: number, b: number): number {
        return this.base + a + b
      },
      { displayName: 'Adder' },
    )
    const wrapped = traced(fn)
    expect([wrapped.name, wrapped.length, wrapped.displayName]).toEqual(['add', 2, 'Adder'])
    const spans = await recordSpans(() => expect(wrapped.call({ base: 10 }, 1, 2)).toBe(13))
    expect(spanNamed(spans, 'add').attributes).toEqual({
      'langfuse.observation.type': 'span',
      'langfuse.trace.name': 'add',
    })
  })

  it('traced() throws on the very error and rejects with the very reason', async () => {
    const error = new Error('mine')
    const spans = await recordSpans(async () => {
      const throws = traced(
        () => {
          throw error
        },
        { name: 'throws' },
      )
      expect(throws).toThrow(error)
      await expect(traced(() => Promise.reject(error), { name: 'rejects' })()).rejects.toBe(error)
    })
    expect(spans.map(({ name, status }) => [name, status.message])).toEqual([
      ['throws', 'mine'],
      ['rejects', 'mine'],
    ])
  })

  it('traced() is named by options, a string, the function, or nobody', async () => {
    const spans = await recordSpans(() => {
      traced(() => 1, { name: 'by options' })()
      traced(() => 1, 'by string')()
      traced(function byItself() {})()
      traced(() => 1)()
    })
    expect(spans.map(({ name }) => name)).toEqual(['by options', 'by string', 'byItself', 'anonymous'])
  })

  it('traced() captures nothing unless it is asked to', async () => {
    const ask = async (question: string, context: string[]): Promise<string> => `${question} ${context.length}`
    const spans = await recordSpans(async () => {
      await traced(ask, 'silent')('q', [])
      await traced(ask, { name: 'args', captureArgs: true })('q', ['c'])
      await traced(ask, { name: 'picked', captureArgs: ['question'] })('q', ['c'])
      await traced(ask, { name: 'result', captureResult: true })('q', [])
    })
    const seen = spans.map(({ name, attributes }) => [
      name,
      attributes['langfuse.observation.input'],
      attributes['langfuse.observation.output'],
    ])
    expect(seen).toEqual([
      ['silent', undefined, undefined],
      ['args', '{"question":"q","context":["c"]}', undefined],
      ['picked', '{"question":"q"}', undefined],
      ['result', undefined, 'q 0'],
    ])
  })

  it('traced() captures arguments as they were before the call', async () => {
    const grow = (list: number[]): number => list.push(2)
    const spans = await recordSpans(() => traced(grow, { captureArgs: true })([1]))
    expect(spanNamed(spans, 'grow').attributes['langfuse.observation.input']).toBe('{"list":[1]}')
  })

  it('traced() passes what it captures through redact, and hides it when redact throws', async () => {
    const spans = await recordSpans(() => {
      const redact = (value: unknown, of: 'input' | 'output'): unknown => ({ of, keys: Object.keys(Object(value)) })
      traced((user: string) => ({ token: user }), { name: 'kept', captureArgs: true, captureResult: true, redact })('u')
      const throws = (): never => {
        throw new Error('no')
      }
      traced((user: string) => user, { name: 'hidden', captureArgs: true, captureResult: true, redact: throws })('u')
    })
    expect(spanNamed(spans, 'kept').attributes).toMatchObject({
      'langfuse.observation.input': '{"of":"input","keys":["user"]}',
      'langfuse.observation.output': '{"of":"output","keys":["token"]}',
    })
    expect(spanNamed(spans, 'hidden').attributes).toMatchObject({
      'langfuse.observation.input': '[redaction failed]',
      'langfuse.observation.output': '[redaction failed]',
    })
  })

  it('traced() sets type and attributes', async () => {
    const spans = await recordSpans(() =>
      traced(() => 1, { name: 'x', type: 'tool', attributes: { k: 1, 'a.b': 2 } })(),
    )
    expect(spanNamed(spans, 'x').attributes).toMatchObject({
      'langfuse.observation.type': 'tool',
      'langfuse.observation.metadata.k': 1,
      'a.b': 2,
    })
  })

  it("traced() uses the option's tracer, else the instance's, else the current one", async () => {
    const [option, instance, current] = ['option', 'instance', 'current'].map((name) => new Tracer('base', { name }))
    const work = (): void => {}
    const spans = await recordSpans(() => {
      current?.context(() => {
        traced(work, { ...(option && { tracer: option }), name: 'a' }).call({ tracer: instance } as never)
        traced(work, 'b').call({ tracer: instance } as never)
        for (const tracer of [undefined, 5, {}, { startSpan: 1 }]) traced(work, 'c').call({ tracer } as never)
        const hostile = Object.defineProperty({}, 'tracer', { get: () => expect.unreachable() })
        traced(work, 'c').call(hostile as never)
      })
    })
    expect(spans.map(({ name, instrumentationScope }) => [name, instrumentationScope.name])).toEqual([
      ['a', 'option'],
      ['b', 'instance'],
      ['c', 'current'],
      ['c', 'current'],
      ['c', 'current'],
      ['c', 'current'],
      ['c', 'current'],
    ])
  })

  it('traced() nests', async () => {
    const inner = traced(async () => getActiveSpan()?.id, 'inner')
    const spans = await recordSpans(() => traced(() => inner(), 'outer')())
    expect(parentName(spans, 'inner')).toBe('outer')
  })

  it('traced() with no SDK gives the very result, and calls neither redact nor the source of the function', () => {
    const fn = Object.assign((_secret: string) => promise, { toString: () => expect.unreachable() })
    const promise = Promise.resolve(1)
    const redact = (): never => expect.unreachable()
    expect(traced(fn, { captureArgs: true, captureResult: true, redact })('s')).toBe(promise)
  })

  it('traced() on a trace that is not sampled keeps nothing of what a generator yields', async () => {
    const numbers = function* (): Generator<number> {
      yield 1
      yield 2
    }
    await recordSpans(
      () => {
        const redact = (): never => expect.unreachable()
        expect([...traced(numbers, { captureResult: true, captureArgs: true, redact })()]).toEqual([1, 2])
      },
      { sampler: new AlwaysOffSampler() },
    )
  })

  it('traced() inside a broken provider leaves the context of the caller', async () => {
    const broken = new Tracer('base', { provider: { getTracer: () => expect.unreachable() } })
    const own = new Tracer('base', { provider: createRecorder().provider })
    await recordSpans(() =>
      own.span('outer', (outer) => {
        expect(traced(() => getActiveSpan(), { tracer: broken })()).toBe(outer)
      }),
    )
  })
})
