import { createTraceState } from '@opentelemetry/api'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { describe, expect, it } from 'vitest'
import { BatchBuilder } from './batch-builder.js'
import { type DecodedSpan, decodeRequest } from './decode-request.fixture.js'
import { encodedByOpenTelemetry, outgoingSpan } from './outgoing-span.fixture.js'
import type { OutgoingSpan } from './outgoing-span.js'

function encoded(span: OutgoingSpan): Uint8Array {
  const builder = new BatchBuilder()
  expect(builder.add(span)).toBe('added')
  return builder.take().body
}

function decoded(members: Partial<OutgoingSpan>): DecodedSpan | undefined {
  return decodeRequest(encoded(outgoingSpan(members)))[0]
}

function expectAsOpenTelemetry(members: Partial<OutgoingSpan>): void {
  const span = outgoingSpan(members)
  expect(Buffer.from(encoded(span)).toString('hex')).toBe(encodedByOpenTelemetry([span]).toString('hex'))
}

const context = outgoingSpan().context
const TRACE_ID = context.traceId
const SPAN_ID = context.spanId

describe('encodeSpan() as ProtobufTraceSerializer', () => {
  // What the types of the API do not admit, other SDKs record all the same.
  it.each<[string, unknown]>([
    ['an empty string', ''],
    ['ASCII', 'answer'],
    ['a string of 127 bytes', 'x'.repeat(127)],
    ['a string of 128 bytes', 'x'.repeat(128)],
    ['a string of 127 characters and 128 bytes', `${'x'.repeat(126)}é`],
    ['a string of 16383 characters and 16384 bytes', `${'x'.repeat(16_382)}é`],
    ['a string of 20000 characters and 60000 bytes', '語'.repeat(20_000)],
    ['a megabyte', 'x'.repeat(1_048_576)],
    ['a string of three megabytes that are a million characters', '語'.repeat(1_048_576)],
    ['characters of four bytes', '🦊'.repeat(100)],
    ['the first half of a surrogate pair', 'a\ud83eb'],
    ['the second half of a surrogate pair', '\udd8a'],
    ['halves in the wrong order', '\udd8a\ud83e'],
    ['a null character', 'a\0b'],
    ['true', true],
    ['false', false],
    ['0', 0],
    ['-0', -0],
    ['1', 1],
    ['127', 127],
    ['128', 128],
    ['-1', -1],
    ['2^31', 2 ** 31],
    ['2^32', 2 ** 32],
    ['-(2^32)', -(2 ** 32)],
    ['2^53', 2 ** 53],
    ['2^63, which is no int64', 2 ** 63],
    ['-(2^63), which is one', -(2 ** 63)],
    ['1e300, whole but no int64', 1e300],
    ['a fraction', 0.1],
    ['the smallest number', 5e-324],
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['-Infinity', Number.NEGATIVE_INFINITY],
    ['null', null],
    ['undefined', undefined],
    ['a bigint', 10n],
    ['a symbol', Symbol('s')],
    ['a function', () => 1],
    ['an array of strings', ['prod', '', 'v2', 'é']],
    ['an array with holes in it', ['a', null, undefined, 'b']],
    ['a sparse array', Object.assign([], { 3: 'x' })],
    ['an empty array', []],
    ['an array of arrays', [[1, [2.5]], [], [['x']]]],
    ['an array of more than 127 bytes', Array.from({ length: 100 }, (_, n) => n)],
    ['bytes', Uint8Array.of(0, 255, 128)],
    ['a Buffer', Buffer.from('é')],
    ['no bytes', new Uint8Array()],
    ['other typed arrays', Float32Array.of(1.5)],
    ['a record', { role: 'user', parts: [{ text: 'hi', tokens: 2 }], '': null }],
    ['an empty record', {}],
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1 })],
    ['inherited members', Object.create({ inherited: 1 })],
    ['a date', new Date(0)],
    ['a map', new Map([['a', 1]])],
  ])('encodeSpan() writes an attribute that is %s', (_what, value) => {
    const attributes = { before: 1, value, after: 'x' } as OutgoingSpan['attributes']
    expectAsOpenTelemetry({ attributes })
    expectAsOpenTelemetry({ events: [{ time: [1, 2], name: 'event', attributes }] })
    expectAsOpenTelemetry({ links: [{ context, attributes }] })
    expectAsOpenTelemetry({ resource: resourceFromAttributes(attributes) })
  })

  it.each(['', 'é', 'x'.repeat(24), 'x'.repeat(25), 'x'.repeat(120), 'x'.repeat(200), '__proto__', '\ud83e'])(
    'encodeSpan() writes an attribute with the key %j',
    (key) => {
      const attributes = Object.fromEntries([[key, 'value']])
      expectAsOpenTelemetry({ attributes })
    },
  )

  it.each<[string, Partial<OutgoingSpan>]>([
    ['nothing more than it must have', {}],
    ['an empty name', { name: '' }],
    ['a name of several bytes a character', { name: 'Frage 語 🦊' }],
    ['a parent', { parent: context }],
    ['a local parent', { parent: { ...context, isRemote: false } }],
    ['a remote parent', { parent: { ...context, isRemote: true } }],
    ['a parent without an id', { parent: { ...context, spanId: '' } }],
    ['upper-case ids', { context: { ...context, traceId: TRACE_ID.toUpperCase(), spanId: SPAN_ID.toUpperCase() } }],
    ['ids of zeros', { context: { ...context, traceId: '0'.repeat(32), spanId: '0'.repeat(16) } }],
    ['trace flags of more than a byte', { context: { ...context, traceFlags: 0x3ff } }],
    ['a trace state', { context: { ...context, traceState: createTraceState('a=1,b=2') } }],
    ['an empty trace state', { context: { ...context, traceState: createTraceState('') } }],
    ['each kind', { kind: 4 }],
    ['time zero', { startTime: [0, 0], endTime: [0, 0] }],
    ['times after 2038', { startTime: [2 ** 32 + 5, 999_999_999], endTime: [18_446_744_073, 709_551_615] }],
    ['nanoseconds of more than a second', { startTime: [1_795_000_000, 4_000_000_000] }],
    ['nanoseconds below zero', { startTime: [1_795_000_000, -1] }],
    ['an error', { status: { code: 2, message: 'no such table' } }],
    ['an empty status message', { status: { code: 2, message: '' } }],
    ['counts of what was dropped', { droppedAttributesCount: 1, droppedEventsCount: 200, droppedLinksCount: 2 ** 31 }],
    [
      'events',
      {
        events: [
          { time: [5, 6], name: '' },
          { time: [7, 8], name: 'é', attributes: {}, droppedAttributesCount: 9 },
        ],
      },
    ],
    [
      'links',
      {
        links: [
          { context: { ...context, isRemote: true, traceState: createTraceState('a=1') }, droppedAttributesCount: 9 },
          { context },
        ],
      },
    ],
    [
      'a schema of its resource',
      { resource: resourceFromAttributes({}, { schemaUrl: 'https://opentelemetry.io/schemas/1.38.0' }) },
    ],
    ['a scope without a version', { scope: { name: 'bare' } }],
    ['an empty scope', { scope: { name: '', version: '', schemaUrl: '' } }],
    [
      'a scope with a schema',
      { scope: { name: 's', version: '1', schemaUrl: 'https://opentelemetry.io/schemas/1.38.0' } },
    ],
    [
      'a scope with attributes',
      { scope: Object.assign({ name: 's' }, { attributes: { a: [1] }, droppedAttributesCount: 3 }) },
    ],
  ])('encodeSpan() writes a span with %s', (_what, members) => {
    expectAsOpenTelemetry(members)
  })

  it('encodeSpan() writes what the SDK recorded', () => {
    const memory = new InMemorySpanExporter()
    const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(memory)] })
    const span = provider
      .getTracer('axion', '1.0.0')
      .startSpan('answer', { attributes: { 'user.id': 'u-1', tags: ['a', 'b'] } })
    span.recordException(new Error('no such table'))
    span.addLink({ context: span.spanContext() })
    span.setStatus({ code: 2, message: 'failed' })
    span.end()
    const [recorded] = memory.getFinishedSpans()
    if (!recorded) throw new Error('nothing was recorded')
    expectAsOpenTelemetry({
      ...recorded,
      context: recorded.spanContext(),
      parent: recorded.parentSpanContext,
      scope: recorded.instrumentationScope,
    })
  })
})

/** Attributes beyond what the types of the API admit. */
function attributesOf(members: Record<string, unknown>): OutgoingSpan['attributes'] {
  return members as OutgoingSpan['attributes']
}

describe('encodeSpan() where OpenTelemetry is wrong', () => {
  it('encodeSpan() says that a time before 1970 is unknown; OpenTelemetry puts it into another century', () => {
    const span = decoded({ startTime: [-1, 0], endTime: [0, -1] })
    expect(span).toMatchObject({ startTimeUnixNano: 0n, endTimeUnixNano: 0n })
    const [theirs] = decodeRequest(encodedByOpenTelemetry([outgoingSpan({ startTime: [-1, 0] })]))
    expect(theirs?.startTimeUnixNano).toBe(65_535_000_000_000n)
  })

  it('encodeSpan() marks what contains itself; OpenTelemetry leaves the stack, and the whole request is lost', () => {
    const list: unknown[] = [1]
    list.push(list, list, { list })
    const record: Record<string, unknown> = { a: 1 }
    record.self = record
    const attributes = attributesOf({ list, record, after: 'x' })
    expect(decoded({ attributes })?.attributes).toEqual([
      ['list', [1, '[Circular]', '[Circular]', { list: '[Circular]' }]],
      ['record', { a: 1, self: '[Circular]' }],
      ['after', 'x'],
    ])
    expect(() => encodedByOpenTelemetry([outgoingSpan({ attributes })])).toThrow(RangeError)
  })

  it('encodeSpan() writes what occurs twice but not in itself, twice', () => {
    const shared = { a: 1 }
    expect(decoded({ attributes: attributesOf({ value: [shared, shared] }) })?.attributes).toEqual([
      ['value', [shared, shared]],
    ])
  })

  it('encodeSpan() nests messages no deeper than readers of protobuf follow', () => {
    const nest = (levels: number, core: unknown): unknown => (levels === 0 ? core : { in: nest(levels - 1, core) })
    const attributes = attributesOf({ fits: nest(31, 'core'), record: nest(32, 'core'), array: nest(31, ['core']) })
    expect(decoded({ attributes })?.attributes).toEqual([
      ['fits', nest(31, 'core')],
      ['record', nest(31, '[Object]')],
      ['array', nest(31, '[Array]')],
    ])
  })

  it('encodeSpan() leaves out links with malformed ids and counts them; servers refuse the whole request of OpenTelemetry', () => {
    const links = ['', TRACE_ID.slice(1), `${TRACE_ID}0`, TRACE_ID.replace('0', 'g'), TRACE_ID.replace('0', 'ı')].map(
      (traceId) => ({ context: { ...context, traceId } }),
    )
    const halfId = { context: { ...context, spanId: SPAN_ID.slice(2) } }
    const span = decoded({ links: [...links, { context }, halfId], droppedLinksCount: 5 })
    expect(span?.links).toMatchObject([{ traceId: TRACE_ID, spanId: SPAN_ID }])
    expect(span?.droppedLinksCount).toBe(11)
  })
})
