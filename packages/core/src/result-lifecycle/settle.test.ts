import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { SpanStatusCode } from '@opentelemetry/api'
import { describe, expect, it } from 'vitest'
import { getActiveSpan } from '../current-tracer.js'
import { recordSpans, spanNamed } from '../record-spans.fixture.js'
import { traced } from '../traced.js'
import { Tracer } from '../tracer.js'
// For streams of Node.
import '../node.js'

const tracer = new Tracer()
const OUTPUT = 'langfuse.observation.output'
const captured = { name: 'work', captureResult: true } as const

function* count(to: number): Generator<number, string, string | undefined> {
  for (let i = 1; i <= to; i++) yield i
  return 'returned'
}

async function* stream(...words: string[]): AsyncGenerator<string, number, unknown> {
  for (const word of words) {
    await Promise.resolve()
    yield word
  }
  return 7
}

describe('settle() on promises', () => {
  it('settle() of a promise captures what it resolved to', async () => {
    const spans = await recordSpans(() => traced(async () => ({ a: 1 }), captured)())
    expect(spanNamed(spans, 'work').attributes[OUTPUT]).toBe('{"a":1}')
  })

  it('settle() keeps what hangs on a promise', async () => {
    const run = promisify(execFile)
    await recordSpans(async () => {
      const promise = tracer.span('work', () => run(process.execPath, ['-p', '1+1']))
      expect(promise.child.pid).toBeTypeOf('number')
      expect((await promise).stdout.trim()).toBe('2')
    })
  })

  it('settle() gives back a subclass of Promise, the same object with its methods', async () => {
    class Cancellable<T> extends Promise<T> {
      cancel(): string {
        return 'cancelled'
      }
    }
    const spans = await recordSpans(async () => {
      const original = new Cancellable<number>((resolve) => resolve(5))
      const result = traced(() => original, captured)()
      expect(result).toBe(original)
      expect(result.cancel()).toBe('cancelled')
      expect(await result).toBe(5)
      const failing = traced(() => Cancellable.reject(new Error('no')), 'failing')()
      await expect(failing).rejects.toThrow('no')
    })
    expect(spanNamed(spans, 'work').attributes[OUTPUT]).toBe('5')
    expect(spanNamed(spans, 'failing').status.message).toBe('no')
  })
})

describe('settle() on generators', () => {
  it('settle() ends with a full run; the output is what was yielded, the result the generator itself', async () => {
    const spans = await recordSpans(({ spans }) => {
      let inner: unknown
      const outer = traced((to: number) => {
        inner = count(to)
        return inner as ReturnType<typeof count>
      }, captured)(3)
      expect(outer).toBe(inner)
      expect(Object.keys(outer)).toEqual([])
      expect(spans).toHaveLength(0)
      expect([...outer]).toEqual([1, 2, 3])
      expect(outer.next()).toEqual({ done: true, value: undefined })
    })
    expect(spanNamed(spans, 'work').attributes[OUTPUT]).toBe('[1,2,3]')
    expect(spanNamed(spans, 'work').attributes['langfuse.observation.completion_start_time']).toMatch(/^"\d{4}-.*Z"$/)
  })

  it('settle() passes values in and the return value out', async () => {
    const echo = function* (): Generator<string, string, string> {
      const got = yield 'first'
      return `${yield got}!`
    }
    await recordSpans(() => {
      const generator = traced(echo)()
      expect(generator.next('ignored')).toEqual({ done: false, value: 'first' })
      expect(generator.next('second')).toEqual({ done: false, value: 'second' })
      expect(generator.next('third')).toEqual({ done: true, value: 'third!' })
    })
  })

  it('settle() ends when the loop breaks, and runs finally blocks', async () => {
    let cleaned = 0
    const resource = function* (): Generator<number> {
      try {
        yield 1
        yield 2
      } finally {
        cleaned++
      }
    }
    const spans = await recordSpans(() => {
      for (const _ of traced(resource, captured)()) break
    })
    expect(cleaned).toBe(1)
    expect(spanNamed(spans, 'work').attributes[OUTPUT]).toBe('[1]')
    expect(spanNamed(spans, 'work').status.code).toBe(SpanStatusCode.UNSET)
  })

  it('settle() ends when it is closed before it began', async () => {
    const spans = await recordSpans(() => expect(traced(count, captured)(3).return('closed').value).toBe('closed'))
    expect(spanNamed(spans, 'work').attributes[OUTPUT]).toBe('[]')
  })

  it('settle() marks what the body throws and what is thrown in', async () => {
    const error = new Error('half way')
    const failing = function* (): Generator<number> {
      yield 1
      throw error
    }
    const spans = await recordSpans(() => {
      expect(() => [...traced(failing, captured)()]).toThrow(error)
      const generator = traced(count, 'thrown in')(3)
      generator.next()
      expect(() => generator.throw(error)).toThrow(error)
    })
    for (const { attributes, status } of spans) {
      expect(status.message).toBe('half way')
      expect(attributes['langfuse.observation.level']).toBe('ERROR')
    }
    expect(spanNamed(spans, 'work').attributes[OUTPUT]).toBe('[1]')
    expect(spans).toHaveLength(2)
  })

  it('settle() runs each step in the context of the span, and the consumer in its own', async () => {
    const ids: (string | undefined)[] = []
    const nested = function* (): Generator<number> {
      for (let i = 0; i < 2; i++) {
        ids.push(getActiveSpan()?.id)
        tracer.span('step', () => {})
        yield i
      }
    }
    const spans = await recordSpans(() => {
      for (const _ of traced(nested, 'work')()) expect(getActiveSpan()).toBeUndefined()
    })
    const { spanId } = spanNamed(spans, 'work').spanContext()
    expect(ids).toEqual([spanId, spanId])
    expect(spans.map((span) => span.parentSpanContext?.spanId)).toEqual([spanId, spanId, undefined])
  })

  it('settle() of a generator through two traced functions ends both spans', async () => {
    const inner = traced(count, 'inner')
    const spans = await recordSpans(() => expect([...traced(() => inner(2), 'outer')()]).toEqual([1, 2]))
    expect(spans.map(({ name }) => name)).toEqual(['inner', 'outer'])
  })

  it('settle() joins text, and cuts what is too much', async () => {
    const letters = function* (): Generator<string> {
      for (let i = 0; i < 10_005; i++) yield 'x'.repeat(1024)
    }
    const spans = await recordSpans(() => {
      let seen = 0
      for (const _ of traced(letters, captured)()) seen++
      expect(seen).toBe(10_005)
    })
    expect(spanNamed(spans, 'work').attributes[OUTPUT]).toBe(
      `${'x'.repeat(1_048_512)}…[cut 64 characters]…[cut 8981 chunks]`,
    )
  })
})

describe('settle() on async generators', () => {
  it('settle() ends with a full run; text is joined', async () => {
    const spans = await recordSpans(async ({ spans }) => {
      const generator = traced(stream, captured)('Hel', 'lo')
      expect(Object.prototype.toString.call(generator)).toBe('[object AsyncGenerator]')
      const words: string[] = []
      for await (const word of generator) {
        expect(spans).toHaveLength(0)
        words.push(word)
      }
      expect(words).toEqual(['Hel', 'lo'])
    })
    expect(spanNamed(spans, 'work').attributes[OUTPUT]).toBe('Hello')
  })

  it('settle() ends when the loop breaks or the generator is closed', async () => {
    const spans = await recordSpans(async () => {
      for await (const _ of traced(stream, captured)('a', 'b')) break
      await expect(traced(stream, 'closed')('a').return(3)).resolves.toEqual({ done: true, value: 3 })
    })
    expect(spanNamed(spans, 'work').attributes[OUTPUT]).toBe('a')
    expect(spans).toHaveLength(2)
  })

  it('settle() marks what the body throws and what is thrown in', async () => {
    const error = new Error('cut off')
    const failing = async function* (): AsyncGenerator<string> {
      yield 'a'
      throw error
    }
    const spans = await recordSpans(async () => {
      const consume = async (): Promise<void> => {
        for await (const _ of traced(failing, captured)());
      }
      await expect(consume()).rejects.toBe(error)
      const generator = traced(stream, 'thrown in')('a', 'b')
      await generator.next()
      await expect(generator.throw(error)).rejects.toBe(error)
    })
    expect(spans.map(({ name, status }) => [name, status.message])).toEqual([
      ['work', 'cut off'],
      ['thrown in', 'cut off'],
    ])
    expect(spanNamed(spans, 'work').attributes[OUTPUT]).toBe('a')
  })

  it('settle() runs each step in the context of the span, also after an await', async () => {
    const nested = async function* (): AsyncGenerator<number> {
      for (let i = 0; i < 2; i++) {
        await new Promise((resolve) => setImmediate(resolve))
        await tracer.span('step', async () => {})
        yield i
      }
    }
    const spans = await recordSpans(async () => {
      for await (const _ of traced(nested, 'work')()) expect(getActiveSpan()).toBeUndefined()
    })
    const { spanId } = spanNamed(spans, 'work').spanContext()
    expect(spans.map((span) => span.parentSpanContext?.spanId)).toEqual([spanId, spanId, undefined])
  })

  it('settle() answers calls that overlap in their order', async () => {
    const spans = await recordSpans(async () => {
      const generator = traced(stream, captured)('a', 'b')
      const results = await Promise.all([generator.next(), generator.next(), generator.next(), generator.next()])
      expect(results.map(({ value }) => value)).toEqual(['a', 'b', 7, undefined])
    })
    expect(spanNamed(spans, 'work').attributes[OUTPUT]).toBe('ab')
  })
})

describe('settle() on what is hostile', () => {
  const explode = (): never => {
    throw new Error('hostile')
  }
  const revoked = (): object => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    return proxy
  }
  const frozen = Object.freeze(count(2))

  it.each<[string, () => object]>([
    ['a then that throws', () => Object.defineProperty({}, 'then', { get: explode })],
    ['a tag that throws', () => Object.defineProperty({}, Symbol.toStringTag, { get: explode })],
    ['a Proxy that throws', () => new Proxy({}, { get: explode, has: explode, getPrototypeOf: explode })],
    ['a revoked Proxy', revoked],
    ['the tag of a generator alone', () => ({ [Symbol.toStringTag]: 'Generator' })],
    ['the tag of an async generator alone', () => ({ [Symbol.toStringTag]: 'AsyncGenerator', next: 5 })],
    ['a frozen generator', () => frozen],
    ['a record', () => ({})],
    ['a record without a prototype', () => Object.create(null)],
  ])('settle() gives back %s, the same object, and ends the span', async (_, make) => {
    const spans = await recordSpans(() => {
      const value = make()
      // Compared by hand: the matcher would read the object.
      expect(tracer.span('work', () => value) === value).toBe(true)
      expect(traced(() => value, { name: 'captured', captureResult: true })() === value).toBe(true)
    })
    expect(spans.map(({ name }) => name)).toEqual(['work', 'captured'])
    expect(spans.every(({ attributes }) => attributes['langfuse.observation.level'] === undefined)).toBe(true)
  })
})
