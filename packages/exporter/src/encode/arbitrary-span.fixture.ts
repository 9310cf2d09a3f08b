import { createTraceState, type HrTime, type SpanContext } from '@opentelemetry/api'
import { resourceFromAttributes } from '@opentelemetry/resources'
import fc from 'fast-check'
import type { OutgoingSpan } from './outgoing-span.js'

/** Text of so many characters, of one byte to four. */
const textOf = (...lengths: number[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom('a', 'é', '語', '🦊', '\ud83e'), fc.constantFrom(...lengths))
    .map(([character, length]) => character.repeat(length))

/** Text of every kind: empty, in any script, with halves of surrogate pairs, of lengths around which its encoding changes. */
const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 30, arbitrary: fc.string({ maxLength: 40 }) },
  { weight: 20, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  {
    weight: 10,
    arbitrary: fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)), maxLength: 20 }),
  },
  { weight: 30, arbitrary: textOf(23, 24, 25, 41, 42, 43, 62, 63, 64, 125, 126, 127, 128) },
  { weight: 1, arbitrary: textOf(4095, 4096, 5461, 16_383, 16_384) },
)

const number: fc.Arbitrary<number> = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double(),
  fc.constantFrom(
    0,
    -0,
    -1,
    127,
    128,
    2 ** 31,
    2 ** 32 - 1,
    2 ** 32,
    2 ** 53,
    -(2 ** 53),
    2 ** 63,
    -(2 ** 63),
    2 ** 63 - 1024,
    2 ** 64,
    1e300,
  ),
)

/** What the API admits as a value, and what other SDKs record besides. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    text,
    number,
    fc.boolean(),
    fc.constantFrom(null, undefined, 10n, Symbol('s'), Number.NaN, new Date(0), new Map([[1, 2]])),
    fc.uint8Array({ maxLength: 200 }),
    fc.array(tie('value'), { maxLength: 6 }),
    fc.dictionary(text, tie('value'), { maxKeys: 5 }),
  ),
}))

// The types of the API promise less than what spans hold at run time.
const attributes = fc.dictionary(text, value, { maxKeys: 12 }) as fc.Arbitrary<OutgoingSpan['attributes']>

const hex = (bytes: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((id) => Buffer.from(id).toString('hex')),
    fc.constantFrom('0'.repeat(2 * bytes), 'ABCDEF12'.repeat(bytes / 4)),
  )

const spanContext: fc.Arbitrary<SpanContext> = fc
  .tuple(hex(16), hex(8), fc.nat(0x1ff), fc.option(fc.boolean()), fc.option(fc.constantFrom('', 'a=1', 'a=1,b=2')))
  .map(([traceId, spanId, traceFlags, isRemote, traceState]) => ({
    traceId,
    spanId,
    traceFlags,
    ...(isRemote !== null && { isRemote }),
    ...(traceState !== null && { traceState: createTraceState(traceState) }),
  }))

const time: fc.Arbitrary<HrTime> = fc.tuple(
  fc.oneof(fc.integer({ min: 1_700_000_000, max: 2_000_000_000 }), fc.integer({ min: 0, max: 18_446_744_072 })),
  fc.nat(999_999_999),
)
const count = fc.oneof(fc.constant(0), fc.nat())

const event = fc.record(
  { time, name: text, attributes, droppedAttributesCount: count },
  { requiredKeys: ['time', 'name'] },
)
const link = fc.record(
  { context: spanContext, attributes, droppedAttributesCount: count },
  { requiredKeys: ['context'] },
)
const status = fc.record({ code: fc.constantFrom(0, 1, 2), message: text }, { requiredKeys: ['code'] })

// Each differs from the others: of equal ones, which OpenTelemetry keeps apart, there is a test of its own.
const resources = fc
  .array(fc.tuple(attributes, fc.option(text, { nil: undefined })), { minLength: 1, maxLength: 2 })
  .map((all) =>
    all.map(([members, schemaUrl], at) =>
      resourceFromAttributes({ ...members, at }, schemaUrl === undefined ? {} : { schemaUrl }),
    ),
  )
const scope = fc.record(
  { name: text, version: text, schemaUrl: text, attributes, droppedAttributesCount: count },
  { requiredKeys: ['name'] },
)
const scopes = fc
  .array(scope, { minLength: 1, maxLength: 3 })
  .map((all) => all.map((members, at) => ({ ...members, name: `${members.name}${at}` })))

const span: fc.Arbitrary<Omit<OutgoingSpan, 'resource' | 'scope'>> = fc.record({
  context: spanContext,
  parent: fc.option(spanContext, { nil: undefined }),
  name: text,
  kind: fc.constantFrom(0, 1, 2, 3, 4),
  startTime: time,
  endTime: time,
  attributes,
  droppedAttributesCount: count,
  events: fc.array(event, { maxLength: 3 }),
  droppedEventsCount: count,
  links: fc.array(link, { maxLength: 3 }),
  droppedLinksCount: count,
  status,
})

/** Spans of a few resources and scopes, in any order. */
export const arbitrarySpans: fc.Arbitrary<readonly OutgoingSpan[]> = fc
  .record({
    resources,
    scopes,
    spans: fc.array(fc.tuple(span, fc.nat(), fc.nat()), { minLength: 1, maxLength: 4 }),
  })
  .map(({ resources, scopes, spans }) =>
    spans.map(([members, ofResource, ofScope]) => ({
      ...members,
      resource: pick(resources, ofResource),
      scope: pick(scopes, ofScope),
    })),
  )

function pick<T>(among: readonly T[], at: number): T {
  const picked = among[at % among.length]
  if (picked === undefined) throw new RangeError('nothing to pick from')
  return picked
}
