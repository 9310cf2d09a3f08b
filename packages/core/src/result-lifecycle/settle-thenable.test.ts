import { describe, expect, it } from 'vitest'
import { getActiveSpan } from '../current-tracer.js'
import { recordSpans, spanNamed } from '../record-spans.fixture.js'
import { traced } from '../traced.js'
import { Tracer } from '../tracer.js'
// For streams of Node.
import '../node.js'

const OUTPUT = 'langfuse.observation.output'
const captured = { name: 'work', captureResult: true } as const

/** A request as SDKs have it: nothing is parsed until it is awaited, and there are other ways to await it. */
class LazyRequest extends Promise<string> {
  parsed = 0
  readonly answer: () => Promise<string>

  constructor(answer: () => Promise<string>) {
    super((resolve) => resolve(''))
    this.answer = answer
  }

  // `then` of the base class makes promises of this class otherwise.
  static override get [Symbol.species](): PromiseConstructor {
    return Promise
  }

  #parse(): Promise<string> {
    this.parsed++
    return this.answer()
  }

  // biome-ignore lint/suspicious/noThenProperty: as SDKs do it
  override then<A = string, B = never>(
    onResolved?: ((value: string) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#parse().then(onResolved, onRejected)
  }

  override catch<B = never>(onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<string | B> {
    return this.#parse().catch(onRejected)
  }

  override finally(onSettled?: (() => void) | null): Promise<string> {
    return this.#parse().finally(onSettled)
  }

  asResponse(): Promise<{ status: number }> {
    return Promise.resolve({ status: 200 })
  }

  async withResponse(): Promise<{ data: string; response: { status: number } }> {
    return { data: await this.#parse(), response: { status: 200 } }
  }
}

const fine = (): LazyRequest => new LazyRequest(async () => 'answer')
const broken = (): LazyRequest =>
  new LazyRequest(async () => {
    throw new Error('no')
  })

describe('settle() on thenables', () => {
  it('settle() subscribes to nothing: the same object comes back, and the span waits until somebody awaits it', async () => {
    const request = fine()
    const spans = await recordSpans(async ({ spans }) => {
      const result = traced(() => request, captured)()
      expect(result).toBe(request)
      expect(Object.keys(result)).toEqual(['parsed', 'answer'])
      await Promise.resolve()
      expect([request.parsed, spans.length]).toEqual([0, 0])
      expect(await result).toBe('answer')
      expect(request.parsed).toBe(1)
    })
    expect(spanNamed(spans, 'work').attributes[OUTPUT]).toBe('answer')
  })

  it.each([
    ['await', async (request: LazyRequest) => await request, 'answer'],
    ['then', (request: LazyRequest) => request.then((value) => `${value}!`), 'answer!'],
    ['catch', (request: LazyRequest) => request.catch(() => 'other'), 'answer'],
    ['finally', (request: LazyRequest) => request.finally(() => 'ignored'), 'answer'],
    ['withResponse', async (request: LazyRequest) => (await request.withResponse()).data, 'answer'],
    ['asResponse', async (request: LazyRequest) => (await request.asResponse()).status, 200],
  ] as const)('settle() ends the span however it is awaited: %s', async (_, use, expected) => {
    const spans = await recordSpans(async () => expect(await use(traced(fine, captured)())).toBe(expected))
    expect(spans).toHaveLength(1)
    // A raw response's body is not ours to read.
    expect(spanNamed(spans, 'work').attributes[OUTPUT]).toBe(expected === 200 ? undefined : 'answer')
  })

  it.each([
    ['await', async (request: LazyRequest) => await request],
    ['finally', (request: LazyRequest) => request.finally(() => undefined)],
    ['withResponse', (request: LazyRequest) => request.withResponse()],
  ] as const)('settle() marks a rejection and hands it on: %s', async (_, use) => {
    const spans = await recordSpans(() => expect(use(traced(broken, captured)())).rejects.toThrow('no'))
    expect(spanNamed(spans, 'work').status.message).toBe('no')
  })

  it('settle() of one that is awaited twice ends the span once, with the first', async () => {
    const spans = await recordSpans(async () => {
      const request = traced(fine, captured)()
      expect(await Promise.all([request, request])).toEqual(['answer', 'answer'])
    })
    expect(spans).toHaveLength(1)
  })

  it('settle() leaves a frozen thenable alone', async () => {
    // biome-ignore lint/suspicious/noThenProperty: it is a thenable
    const thenable = Object.freeze({ then: (resolve: (value: string) => void) => resolve('done') })
    const spans = await recordSpans(async () => {
      const result = traced(() => thenable, 'work')()
      expect(result).toBe(thenable)
      expect(await result).toBe('done')
    })
    expect(spans).toHaveLength(1)
  })

  it('settle() lets what a query does belong to its span, and what its user does then to the user', async () => {
    const contexts: (string | undefined)[] = []
    const query = (): PromiseLike<string> => ({
      // biome-ignore lint/suspicious/noThenProperty: a query runs when it is awaited
      then(onResolved) {
        new Tracer().startSpan('database').end()
        return Promise.resolve('rows').then(onResolved)
      },
    })
    const spans = await recordSpans(() =>
      new Tracer().span('user', async () => {
        await traced(query, captured)().then(() => contexts.push(getActiveSpan()?.id))
      }),
    )
    const work = spanNamed(spans, 'work').spanContext().spanId
    expect(spanNamed(spans, 'database').parentSpanContext?.spanId).toBe(work)
    expect(contexts).toEqual([spanNamed(spans, 'user').spanContext().spanId])
  })

  it('settle() of a query that is iterated instead of awaited ends with its iteration', async () => {
    class Query extends LazyRequest {
      async *[Symbol.asyncIterator](): AsyncGenerator<string> {
        yield 'row 1'
        yield 'row 2'
      }
    }
    const spans = await recordSpans(async () => {
      const query = traced(() => new Query(async () => 'all rows'), captured)()
      for await (const row of query) expect(row).toMatch(/^row \d$/)
      expect(query.parsed).toBe(0)
    })
    expect(spanNamed(spans, 'work').attributes[OUTPUT]).toBe('row 1row 2')
  })
})
