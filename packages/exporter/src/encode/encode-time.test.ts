import type { HrTime } from '@opentelemetry/api'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeTime } from './encode-time.js'
import { ProtobufWriter } from './protobuf-writer.js'
import { FIXED64, tagOf } from './wire-type.js'

function encoded(time: HrTime): bigint {
  const writer = new ProtobufWriter(16)
  encodeTime(writer, tagOf(7, FIXED64), time)
  expect(writer.written).toHaveLength(9)
  return writer.written.readBigUInt64LE(1)
}

const NANOS_PER_SECOND = 1_000_000_000n

describe('encodeTime()', () => {
  it('encodeTime() is exact for all times that 64 bits hold', () => {
    const time = fc.tuple(fc.nat(2 ** 31 - 1), fc.nat(8), fc.nat(999_999_999))
    fc.assert(
      fc.property(time, ([low, high, nanos]) => {
        const seconds = Math.min(low + high * 2 ** 31, 18_446_744_072)
        expect(encoded([seconds, nanos])).toBe(BigInt(seconds) * NANOS_PER_SECOND + BigInt(nanos))
      }),
      { seed: 20261123, numRuns: 5000 },
    )
  })

  it.each<[string, HrTime, bigint]>([
    ['the epoch', [0, 0], 0n],
    ['the last time', [18_446_744_073, 709_551_615], 2n ** 64n - 1n],
    ['one nanosecond more', [18_446_744_073, 709_551_616], 0n],
    ['a carry into the upper half', [4, 294_967_296], 2n ** 32n],
    ['one nanosecond less', [4, 294_967_295], 2n ** 32n - 1n],
    ['nanoseconds below zero', [5, -1], 4_999_999_999n],
    ['nanoseconds of several seconds', [5, 3_000_000_001], 8_000_000_001n],
    ['half a nanosecond', [5, 1.5], 5_000_000_001n],
    ['a time before the epoch', [-1, 0], 0n],
    ['a nanosecond before the epoch', [0, -1], 0n],
    ['NaN', [Number.NaN, 0], 0n],
    ['NaN nanoseconds', [5, Number.NaN], 0n],
    ['Infinity', [Number.POSITIVE_INFINITY, 0], 0n],
  ])('encodeTime() knows %s', (_what, time, expected) => {
    expect(encoded(time)).toBe(expected)
  })
})
