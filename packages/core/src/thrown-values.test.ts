import { runInNewContext } from 'node:vm'
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'
import { describe, expect, it } from 'vitest'
import { recordSpans, spanNamed } from './record-spans.fixture.js'
import { Tracer } from './tracer.js'

const tracer = new Tracer()

const explode = (): never => {
  throw new Error('hostile')
}

/** Every trap throws: nothing can be done with it but hand it on. */
const untouchable = new Proxy(
  {},
  Object.fromEntries(Object.getOwnPropertyNames(Reflect).map((trap) => [trap, explode])),
)
const { proxy: revoked, revoke } = Proxy.revocable(new Error('gone'), {})
revoke()

class HttpError extends Error {
  override readonly name = 'HttpError'
  readonly status = 502
}

/** Throws in every way a function can fail, and gives what arrived at the caller each time. */
async function thrownThrough(thrown: unknown): Promise<readonly unknown[]> {
  const caught: unknown[] = []
  const keep = (error: unknown): void => void caught.push(error)
  const fail = (): never => {
    throw thrown
  }
  try {
    tracer.span('sync', fail)
  } catch (error) {
    keep(error)
  }
  await tracer.span('async', async () => fail()).catch(keep)
  try {
    tracer
      .span('generator', function* () {
        yield fail()
      })
      .next()
  } catch (error) {
    keep(error)
  }
  await tracer
    .span('async generator', async function* () {
      yield fail()
    })
    .next()
    .catch(keep)
  return caught
}

const NAMES = ['sync', 'async', 'generator', 'async generator']

const CANNOT_BE_READ = 'An error that cannot be read'

describe('Tracer.span() and whatever is thrown', () => {
  it.each<[string, unknown, string]>([
    ['text', 'plain text', 'plain text'],
    ['empty text', '', ''],
    ['undefined', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a number', Number.NaN, 'NaN'],
    ['a BigInt', 7n, '7'],
    ['a symbol', Symbol('s'), 'Symbol(s)'],
    ['a boolean', false, 'false'],
    ['a frozen record', Object.freeze({ code: 5 }), '{"code":5}'],
    ['a frozen Error', Object.freeze(new Error('frozen')), 'frozen'],
    [
      'a frozen Error with a cause',
      Object.freeze(new Error('a', { cause: Object.freeze({ b: 1 }) })),
      'a (caused by: {"b":1})',
    ],
    [
      'a sealed record without a prototype',
      Object.seal(Object.assign(Object.create(null), { message: 'sealed' })),
      'sealed',
    ],
    ['an Error of a subclass', new HttpError('bad gateway'), 'bad gateway'],
    ['a DOMException', new DOMException('too late', 'AbortError'), 'too late'],
    ['a list', ['a', 1], '["a",1]'],
    ['a Proxy whose every trap throws', untouchable, CANNOT_BE_READ],
    ['a Proxy that was revoked', revoked, CANNOT_BE_READ],
    ['a Proxy of an Error', new Proxy(new Error('behind'), {}), 'behind'],
    ['an Error whose cause cannot be read', new Error('a', { cause: untouchable }), `a (caused by: ${CANNOT_BE_READ})`],
    [
      'an AggregateError of causes',
      new AggregateError([new Error('x', { cause: 'y' }), null], 'both'),
      'both: x; null',
    ],
    [
      'an AggregateError as a cause',
      new Error('a', { cause: new AggregateError(['x', 'y'], 'b') }),
      'a (caused by: b: x; y)',
    ],
    ['an Error of another realm', runInNewContext("new RangeError('far')"), 'far'],
    ['one without a message', runInNewContext('new RangeError()'), 'RangeError'],
    ['one with a cause', runInNewContext("new Error('a', { cause: new TypeError('b') })"), 'a (caused by: b)'],
    [
      'an AggregateError of another realm',
      runInNewContext("new AggregateError([new Error('x'), 'y'], 'both')"),
      'both: x; y',
    ],
  ])('%s arrives as it is, and marks the span', async (_, thrown, message) => {
    let caught: readonly unknown[] = []
    const spans = await recordSpans(async () => {
      caught = await thrownThrough(thrown)
    })
    expect(caught.map((value) => Object.is(value, thrown))).toEqual([true, true, true, true])
    expect(spans.map(({ name }) => name)).toEqual(NAMES)
    // An event needs a message.
    for (const name of NAMES)
      expect(marksOf(spanNamed(spans, name))).toEqual([2, message, 'ERROR', message, message === '' ? 0 : 1])
  })

  it.each([
    ['an Error of another realm', runInNewContext("new RangeError('far')")],
    ['a frozen Error', Object.freeze(new RangeError('near'))],
  ])('%s keeps its type and its stack in the event', async (_, thrown) => {
    const spans = await recordSpans(() => tracer.startSpan('work').recordError(thrown).end())
    expect(spanNamed(spans, 'work').events[0]?.attributes).toEqual({
      'exception.type': 'RangeError',
      'exception.message': thrown.message,
      'exception.stacktrace': thrown.stack,
    })
  })
})

function marksOf({ status, attributes, events }: ReadableSpan): unknown[] {
  const message = attributes['langfuse.observation.status_message']
  return [status.code, status.message, attributes['langfuse.observation.level'], message, events.length]
}
