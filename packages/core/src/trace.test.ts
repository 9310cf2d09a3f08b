import { describe, expect, it } from 'vitest'
import { collectDiag } from './collect-diag.fixture.js'
import { parentName, recordSpans, spanNamed } from './record-spans.fixture.js'
import { trace } from './trace.js'
import { Tracer } from './tracer.js'
// For the names of parameters.
import './node.js'

// Standard decorators, as the test runner lowers them. Both dialects with both compilers: trace-{standard,legacy}-decorators.test.ts.

const SYMBOL = Symbol('by symbol')

class Service {
  tracer: Tracer = new Tracer('base', { name: 'of the instance' })
  readonly #secret = 42

  @trace
  plain(a: number, _b?: number): number {
    return a + this.#secret
  }

  @trace('by-name')
  async named(): Promise<number> {
    return this.plain(1)
  }

  @trace({ name: 'by-options', type: 'tool', captureArgs: true, captureResult: true })
  options(question: string, ...context: string[]): string {
    return `${question} ${context.length}`
  }

  @trace()
  empty(): string {
    return 'empty'
  }

  @trace({ captureArgs: ['question'] })
  async picked(question: string, _token: string): Promise<string> {
    return question
  }

  @trace
  throws(): never {
    throw new RangeError('out')
  }

  @trace({ captureResult: true })
  *numbers(count: number): Generator<number> {
    for (let i = 0; i < count; i++) yield this.plain(i)
  }

  @trace({ captureResult: true })
  async *words(): AsyncGenerator<string> {
    yield 'a'
    yield 'b'
  }

  @trace
  [SYMBOL](): void {}

  static readonly label: string = 'of the class'

  @trace
  static create(): string {
    // biome-ignore lint/complexity/noThisInStatic: that `this` is kept is what is tested.
    return this.label
  }

  @trace({ captureArgs: true })
  #hidden(value: number): number {
    return value + this.#secret
  }

  callHidden(): number {
    return this.#hidden(1)
  }

  @trace
  static #staticHidden(): string {
    return 'static'
  }

  static callStaticHidden(): string {
    return Service.#staticHidden()
  }
}

const input = 'langfuse.observation.input'
const output = 'langfuse.observation.output'

describe('trace() with standard decorators', () => {
  it('trace() leaves name, length and this of a method', async () => {
    const service = new Service()
    expect([service.plain.name, service.plain.length]).toEqual(['plain', 2])
    const spans = await recordSpans(() => expect(service.plain(1)).toBe(43))
    expect(spanNamed(spans, 'plain').instrumentationScope.name).toBe('of the instance')
    expect(spanNamed(spans, 'plain').attributes).toEqual({
      'langfuse.observation.type': 'span',
      'langfuse.trace.name': 'plain',
    })
  })

  it('trace() takes a name, options, or an empty list', async () => {
    const service = new Service()
    const spans = await recordSpans(async () => {
      expect(await service.named()).toBe(43)
      expect(service.options('q', 'a', 'b')).toBe('q 2')
      expect(service.empty()).toBe('empty')
      expect(await service.picked('q', 'secret')).toBe('q')
    })
    expect(parentName(spans, 'plain')).toBe('by-name')
    expect(spanNamed(spans, 'by-options').attributes).toMatchObject({
      'langfuse.observation.type': 'tool',
      [input]: '{"question":"q","context":["a","b"]}',
      [output]: 'q 2',
    })
    expect(spanNamed(spans, 'empty').attributes).not.toHaveProperty([input])
    expect(spanNamed(spans, 'picked').attributes[input]).toBe('{"question":"q"}')
  })

  it('trace() works on private, static and symbol methods', async () => {
    const spans = await recordSpans(() => {
      expect(new Service().callHidden()).toBe(43)
      expect(Service.create()).toBe('of the class')
      expect(Service.callStaticHidden()).toBe('static')
      new Service()[SYMBOL]()
    })
    expect(spans.map(({ name }) => name)).toEqual(['#hidden', 'create', '#staticHidden', 'by symbol'])
    expect(spanNamed(spans, '#hidden').attributes[input]).toBe('{"value":1}')
    expect(spanNamed(spans, 'create').instrumentationScope.name).toBe('axion')
  })

  it('trace() works on generators and async generators', async () => {
    const service = new Service()
    const spans = await recordSpans(async () => {
      expect([...service.numbers(2)]).toEqual([42, 43])
      const words: string[] = []
      for await (const word of service.words()) words.push(word)
      expect(words).toEqual(['a', 'b'])
    })
    expect(spanNamed(spans, 'numbers').attributes[output]).toBe('[42,43]')
    expect(spanNamed(spans, 'words').attributes[output]).toBe('ab')
    expect(spans.filter(({ name }) => name === 'plain').map((s) => s.parentSpanContext?.spanId)).toEqual(
      Array.from({ length: 2 }, () => spanNamed(spans, 'numbers').spanContext().spanId),
    )
  })

  it('trace() throws on what a method throws, the span marked', async () => {
    const spans = await recordSpans(() => expect(() => new Service().throws()).toThrow(new RangeError('out')))
    expect(spanNamed(spans, 'throws').status.message).toBe('out')
  })

  it('trace() leaves anything but a method as it is, with an error through diag', async () => {
    // The types refuse all of this, for good.
    const decorate = trace as unknown as (value: unknown, context: object) => undefined
    const lines = await collectDiag(() => {
      class Odd {
        @decorate
        get value(): number {
          return 5
        }
        @decorate
        field = 6
      }
      expect([new Odd().value, new Odd().field]).toEqual([5, 6])
      expect(decorate(class {}, { kind: 'class', name: 'Whole' })).toBeUndefined()
    })
    expect(lines).toEqual([
      'error: @trace on value: only methods can be traced',
      'error: @trace on field: only methods can be traced',
      'error: @trace on Whole: only methods can be traced',
    ])
  })

  it('trace() wraps overriding methods and super calls once each', async () => {
    class Base {
      @trace
      work(): string {
        return 'base'
      }
    }
    class Derived extends Base {
      @trace('derived')
      override work(): string {
        return `derived ${super.work()}`
      }
    }
    const spans = await recordSpans(() => expect(new Derived().work()).toBe('derived base'))
    expect(parentName(spans, 'work')).toBe('derived')
    expect(spans).toHaveLength(2)
  })
})
