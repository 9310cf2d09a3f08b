import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readExportResponse } from './export-response.js'

describe('readExportResponse()', () => {
  // Bytes as collectors send them, written out by hand.
  it.each<[string, number[], { rejectedSpans: number; errorMessage: string }]>([
    ['nothing', [], { rejectedSpans: 0, errorMessage: '' }],
    ['an empty partial success', [0x0a, 0], { rejectedSpans: 0, errorMessage: '' }],
    ['a rejected span', [0x0a, 2, 0x08, 1], { rejectedSpans: 1, errorMessage: '' }],
    [
      '300 rejected spans and why',
      [0x0a, 8, 0x08, 0xac, 2, 0x12, 3, 0x62, 0x61, 0x64],
      { rejectedSpans: 300, errorMessage: 'bad' },
    ],
    ['a warning', [0x0a, 5, 0x12, 3, 0x62, 0x61, 0x64], { rejectedSpans: 0, errorMessage: 'bad' }],
    ['a message that is no UTF-8', [0x0a, 3, 0x12, 1, 0xff], { rejectedSpans: 0, errorMessage: '\ufffd' }],
    [
      'less than no rejected span',
      [0x0a, 11, 0x08, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1],
      { rejectedSpans: 0, errorMessage: '' },
    ],
    ['fields it does not know', [0x10, 5, 0x0a, 4, 0x18, 7, 0x08, 2], { rejectedSpans: 2, errorMessage: '' }],
    ['fields of other types', [0x08, 5, 0x0a, 5, 0x0d, 1, 2, 3, 4], { rejectedSpans: 0, errorMessage: '' }],
  ])('readExportResponse() reads %s', (_what, bytes, expected) => {
    expect(readExportResponse(Uint8Array.from(bytes))).toEqual(expected)
  })

  it.each<[string, Uint8Array]>([
    ['JSON', Buffer.from('{"partialSuccess":{"rejectedSpans":"5"}}')],
    ['a web page', Buffer.from('<!doctype html><html></html>')],
    ['a partial success cut off', Buffer.of(0x0a, 5, 0x08, 1)],
    ['garbage in a partial success', Buffer.of(0x0a, 2, 0x12, 9)],
    ['a number cut off', Buffer.of(0x0a, 2, 0x08, 0xff)],
    ['a number that does not end', Buffer.from([0x0a, 12, 0x08, ...Array.from({ length: 11 }, () => 255)])],
    ['a number of eleven bytes', Buffer.from([0x0a, 12, 0x08, ...Array.from({ length: 10 }, () => 255), 1])],
    ['a field number of more than 29 bits', Buffer.of(0x8a, 0x80, 0x80, 0x80, 0x10, 0)],
    ['zeros', Buffer.alloc(8)],
  ])('readExportResponse() takes %s for no response', (_what, bytes) => {
    expect(readExportResponse(bytes)).toBeUndefined()
  })

  it('readExportResponse() reads what OpenTelemetry reads, and does not throw where that does', () => {
    // Mostly tags and short lengths: bytes at random are hardly ever a message.
    const byte = fc.oneof(fc.constantFrom(0x0a, 0x08, 0x12, 0, 1, 2, 3, 4), fc.nat(255))
    let read = 0
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 12 }), (bytes) => {
        const found = readExportResponse(Uint8Array.from(bytes))
        if (!found || found.rejectedSpans > Number.MAX_SAFE_INTEGER) return
        read++
        const { partialSuccess } = ProtobufTraceSerializer.deserializeResponse(Uint8Array.from(bytes))
        const rejectedSpans = Math.max(0, Number(partialSuccess?.rejectedSpans ?? 0))
        expect(found).toEqual({ rejectedSpans, errorMessage: partialSuccess?.errorMessage ?? '' })
      }),
      { seed: 20261123, numRuns: 20_000 },
    )
    expect(read).toBeGreaterThan(1000)
  })
})
