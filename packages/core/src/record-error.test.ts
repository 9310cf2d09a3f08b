import { SpanStatusCode } from '@opentelemetry/api'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'
import { describe, expect, it } from 'vitest'
import { errorMessage } from './record-error.js'
import { recordSpans, spanNamed } from './record-spans.fixture.js'
import { Tracer } from './tracer.js'

const explode = (): never => {
  throw new Error('hostile')
}

async function spanWith(thrown: unknown): Promise<ReadableSpan> {
  const spans = await recordSpans(() => new Tracer().startSpan('work').recordError(thrown).end())
  return spanNamed(spans, 'work')
}

function cyclic(): Error {
  const a = new Error('a')
  a.cause = new Error('b', { cause: a })
  return a
}

function chain(length: number): Error {
  let error = new Error('e0')
  for (let i = 1; i < length; i++) error = new Error(`e${i}`, { cause: error })
  return error
}

function selfHolding(): AggregateError {
  const error = new AggregateError([], 'all failed')
  error.errors.push(error, new Error('one'))
  return error
}

/** An error whose own property throws when it is read. */
function hostile(key: 'message' | 'name' | 'stack' | 'cause' | 'code'): Error {
  return Object.defineProperty(new Error('fine'), key, { get: explode })
}

describe('errorMessage()', () => {
  it.each<[string, unknown, string]>([
    ['an Error', new Error('no index'), 'no index'],
    ['an Error without a message', new TypeError(), 'TypeError'],
    ['an Error with neither', Object.assign(new Error(), { name: '' }), 'Error'],
    ['a cause', new Error('outer', { cause: new Error('inner') }), 'outer (caused by: inner)'],
    [
      'two causes',
      new Error('a', { cause: new Error('b', { cause: new RangeError('c') }) }),
      'a (caused by: b (caused by: c))',
    ],
    ['a cause that is text', new Error('outer', { cause: 'why' }), 'outer (caused by: why)'],
    ['a cause that is a record', new Error('outer', { cause: { code: 5 } }), 'outer (caused by: {"code":5})'],
    ['a cause of null', new Error('outer', { cause: null }), 'outer'],
    ['causes in a circle', cyclic(), 'a (caused by: b)'],
    [
      'more than 8 causes',
      chain(20),
      `e19 (caused by: e18 (caused by: e17 (caused by: e16 (caused by: e15 (caused by: e14 (caused by: e13 (caused by: e12)))))))`,
    ],
    ['an AggregateError', new AggregateError([new Error('x'), 'y'], 'both'), 'both: x; y'],
    ['an AggregateError without a message', new AggregateError([new Error('x')]), 'AggregateError: x'],
    ['an AggregateError of none', new AggregateError([], 'empty'), 'empty'],
    ['an AggregateError that holds itself', selfHolding(), 'all failed: all failed; one'],
    ['an AggregateError whose errors are no list', Object.assign(new AggregateError([], 'odd'), { errors: 5 }), 'odd'],
    [
      'an AggregateError with one that cannot be read',
      new AggregateError([hostile('message'), new Error('y')], 'both'),
      'both: An error that cannot be read; y',
    ],
    ['text', 'plain text', 'plain text'],
    ['a number', 42, '42'],
    ['a BigInt', 10n, '10'],
    ['a symbol', Symbol('why'), 'Symbol(why)'],
    ['undefined', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a record with a message', { message: 'from afar' }, 'from afar'],
    ['a record without', { status: 404 }, '{"status":404}'],
    ['a record whose message is none', { message: 5 }, '{"message":5}'],
    ['a function', function oops() {}, '"[function]"'],
    ['a message that is a record', Object.assign(new Error(), { message: { a: 1 } }), '{"a":1}'],
    ['a message that is a symbol', Object.assign(new Error(), { message: Symbol('m') }), '"[symbol]"'],
    ['a message that throws as text', Object.assign(new Error(), { message: { toString: explode } }), '{}'],
    ['a getter that throws', hostile('message'), 'An error that cannot be read'],
    ['a cause that throws', hostile('cause'), 'fine'],
    ['a Proxy that throws', new Proxy({}, { get: explode, getPrototypeOf: explode }), 'An error that cannot be read'],
    ['a record without a prototype', Object.create(null), '{}'],
  ])('errorMessage() of %s', (_, thrown, message) => {
    expect(errorMessage(thrown)).toBe(message)
  })
})

describe('recordError()', () => {
  it('recordError() sets level, status message, status and an exception event', async () => {
    const error = Object.assign(new RangeError('outer', { cause: new Error('inner') }), { stack: 'at line 1' })
    const span = await spanWith(error)
    expect(span.attributes).toEqual({
      'langfuse.observation.type': 'span',
      'langfuse.trace.name': 'work',
      'langfuse.observation.level': 'ERROR',
      'langfuse.observation.status_message': 'outer (caused by: inner)',
    })
    expect(span.status).toEqual({ code: SpanStatusCode.ERROR, message: 'outer (caused by: inner)' })
    expect(span.events.map(({ name, attributes }) => [name, attributes])).toEqual([
      [
        'exception',
        { 'exception.type': 'RangeError', 'exception.message': 'outer', 'exception.stacktrace': 'at line 1' },
      ],
    ])
  })

  it('recordError() names the type of a system error by its code, as OpenTelemetry does', async () => {
    const span = await spanWith(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))
    expect(span.events[0]?.attributes?.['exception.type']).toBe('ECONNREFUSED')
  })

  it('recordError() says what a library lists on an error of its own', async () => {
    const span = await spanWith(Object.assign(new Error('invalid'), { errors: [new Error('no name'), 'no date'] }))
    expect(span.status.message).toBe('invalid: no name; no date')
  })

  it('recordError() names the type of what is no error and says it', async () => {
    const span = await spanWith({ message: 'from afar', code: null, name: 'TimeoutError' })
    expect(span.events[0]?.attributes).toEqual({ 'exception.message': 'from afar', 'exception.type': 'TimeoutError' })
  })

  it.each([['text'], [42], [undefined], [null], [{ message: 'm' }]])(
    'recordError(%o) has an event for what is no error',
    async (thrown) => {
      const span = await spanWith(thrown)
      expect(span.events[0]?.attributes).toEqual({ 'exception.message': errorMessage(thrown) })
    },
  )

  it.each([
    ['message', 'An error that cannot be read'],
    ['name', 'fine'],
    ['stack', 'fine'],
    ['cause', 'fine'],
    ['code', 'fine'],
  ] as const)('recordError() marks the span when the %s of the error throws', async (key, message) => {
    const span = await spanWith(hostile(key))
    expect(span.status).toEqual({ code: SpanStatusCode.ERROR, message })
    expect(span.events[0]?.attributes?.['exception.message']).toBe(message)
  })

  it('recordError() holds a message and a stack to a size', async () => {
    const span = await spanWith(new Error('x'.repeat(1_000_000)))
    expect(span.attributes['langfuse.observation.status_message']).toBe(`${'x'.repeat(8192)}…[cut 991808 characters]`)
    expect(String(span.events[0]?.attributes?.['exception.message'])).toBe(
      `${'x'.repeat(32_768)}…[cut 967232 characters]`,
    )
    expect(String(span.events[0]?.attributes?.['exception.stacktrace']).length).toBeLessThan(33_000)
  })
})
