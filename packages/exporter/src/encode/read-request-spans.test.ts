import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batchOf } from './batch-bytes.fixture.js'
import { encodedByOpenTelemetry, outgoingSpan, RESOURCE, SCOPE } from './outgoing-span.fixture.js'
import { ProtobufWriter } from './protobuf-writer.js'
import { readRequestSpans } from './read-request-spans.js'
import { BYTES, FIXED32, FIXED64, tagOf, VARINT } from './wire-type.js'

const spans = ['a', 'b', 'c'].map((name, n) => outgoingSpan({ name, scope: n === 1 ? { name: 'other' } : SCOPE }))

/** A message from its fields: a number for a varint, bytes or fields for the others. */
type Fields = readonly (readonly [field: number, value: number | Uint8Array | Fields])[]
function message(fields: Fields): Buffer {
  const writer = new ProtobufWriter(16)
  for (const [field, value] of fields) {
    if (typeof value === 'number') writer.writeUint32(tagOf(field, VARINT), value)
    else writer.writeBytes(tagOf(field, BYTES), value instanceof Uint8Array ? value : message(value))
  }
  return Buffer.from(writer.written)
}

describe('readRequestSpans()', () => {
  it('readRequestSpans() finds the spans of a request of OpenTelemetry, and what stands around them', () => {
    const body = encodedByOpenTelemetry(spans)
    const read = readRequestSpans(body)
    if (read.kind !== 'spans') throw new Error(read.kind)
    const alone = spans.map((span) => readRequestSpans(batchOf([span]).body))
    // In the order of the request, which is by scope.
    for (const [at, index] of [0, 2, 1].entries()) {
      const found = read.spans[at]
      const expected = alone[index]
      if (!found || expected?.kind !== 'spans' || !expected.spans[0]) throw new Error('a span is missing')
      const { resource, scope, start, end } = expected.spans[0]
      expect([found.resource, found.scope]).toEqual([resource, scope])
      const expectedBytes = batchOf([spans[index] ?? outgoingSpan()]).body.subarray(start, end)
      expect(Buffer.compare(body.subarray(found.start, found.end), expectedBytes)).toBe(0)
    }
    expect(read.spans).toHaveLength(3)
  })

  it('readRequestSpans() keeps fields it does not know with what they stand in', () => {
    const resource = message([[1, []]])
    const later = message([[9, 5]])
    const scope = message([[1, [[1, Buffer.from('s')]]]])
    const url = message([[3, Buffer.from('https://example.com')]])
    const body = message([
      [
        1,
        [
          [1, []],
          [9, 5],
          [
            2,
            [
              [1, [[1, Buffer.from('s')]]],
              [2, []],
              [9, 5],
              [2, []],
              [3, Buffer.from('https://example.com')],
            ],
          ],
        ],
      ],
    ])
    const read = readRequestSpans(body)
    if (read.kind !== 'spans') throw new Error(read.kind)
    expect(read.spans).toHaveLength(2)
    expect(read.spans[0]?.resource).toMatchObject({ head: Buffer.concat([resource, later]), tail: Buffer.alloc(0) })
    expect(read.spans[0]?.scope).toMatchObject({ head: scope, tail: Buffer.concat([later, url]) })
    expect(read.spans[1]?.scope).toBe(read.spans[0]?.scope)
  })

  it.each<[string, Uint8Array]>([
    ['no bytes', Buffer.alloc(0)],
    ['a resource without scopes', message([[1, [[1, []]]]])],
    ['a scope without spans', message([[1, [[2, [[1, []]]]]]])],
  ])('readRequestSpans() finds nothing in %s', (_what, body) => {
    expect(readRequestSpans(body)).toEqual({ kind: 'spans', spans: [] })
  })

  it.each<[string, Uint8Array]>([
    ['JSON', Buffer.from('{"resourceSpans":[]}')],
    ['a web page', Buffer.from('<!doctype html>')],
    ['zeros', Buffer.alloc(100)],
    ['a tag alone', Buffer.of(0x0a)],
    ['a length beyond the end', Buffer.of(0x0a, 5, 1)],
    ['a length of 64 bits', Buffer.of(0x0a, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1)],
    ['a varint that does not end', Buffer.alloc(100, 255)],
    ['a varint cut off', Buffer.of(0x08, 0x80)],
    ['fixed values cut off', Buffer.of(tagOf(1, FIXED64), 1, 2, 3)],
    ['short fixed values cut off', Buffer.of(tagOf(1, FIXED32), 1, 2, 3)],
    ['field number 0', Buffer.of(tagOf(0, BYTES), 0)],
    ['groups', Buffer.of(tagOf(1, 3), tagOf(1, 4))],
    ['wire types that do not exist', Buffer.of(tagOf(1, 6))],
    [
      'a request with more than spans',
      message([
        [1, []],
        [2, []],
      ]),
    ],
    ['a span that is longer than its scope', message([[1, [[2, Buffer.of(0x12, 100)]]]])],
    ['a scope that is longer than its resource', message([[1, Buffer.of(0x12, 2)]])],
  ])('readRequestSpans() says that %s is malformed', (_what, body) => {
    expect(readRequestSpans(body)).toEqual({ kind: 'malformed' })
  })

  it('readRequestSpans() finds every loss at the end of a request of one resource', () => {
    const { body } = batchOf(spans)
    for (let bytes = 1; bytes < body.byteLength; bytes++) {
      expect(readRequestSpans(body.subarray(0, bytes)).kind).toBe('malformed')
    }
  })

  it('readRequestSpans() never throws and never leaves the bytes it was given', () => {
    const { body } = batchOf(spans)
    const flipped = fc
      .array(fc.tuple(fc.nat(body.byteLength - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
      .map((flips) => {
        const bytes = Buffer.from(body)
        for (const [at, byte] of flips) bytes[at] = byte
        return bytes
      })
    const garbage = fc.oneof(flipped, fc.uint8Array({ maxLength: 300 }))
    fc.assert(
      fc.property(garbage, (bytes) => {
        const read = readRequestSpans(bytes)
        if (read.kind === 'malformed') return
        let last = 0
        for (const { start, end } of read.spans) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          last = end
        }
        expect(last).toBeLessThanOrEqual(bytes.byteLength)
      }),
      { seed: 20261123, numRuns: 10_000 },
    )
  })

  it('readRequestSpans() reads a request of OpenTelemetry with several resources', () => {
    const copies = [1, 2].map(() => outgoingSpan({ resource: Object.create(RESOURCE) }))
    const read = readRequestSpans(encodedByOpenTelemetry(copies))
    expect(read).toMatchObject({ kind: 'spans', spans: [{ start: expect.any(Number) }, { start: expect.any(Number) }] })
  })
})
