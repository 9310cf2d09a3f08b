import { describe, expect, it } from 'vitest'
import { millisFromHalves, millisFromJson } from './unix-nano.js'

describe('millisFromHalves()', () => {
  it.each([
    [0n, 0],
    [999_999n, 0],
    [1_000_000n, 1],
    // One nanosecond before and at a millisecond: as one double both would be the same number.
    [1_795_406_882_479_999_999n, 1_795_406_882_479],
    [1_795_406_882_480_000_000n, 1_795_406_882_480],
    [0xffff_ffff_ffff_ffffn, 18_446_744_073_709],
  ])('millisFromHalves() divides %d', (nanos, millis) => {
    expect(millisFromHalves(Number(nanos >> 32n), Number(nanos & 0xffff_ffffn))).toBe(millis)
  })
})

describe('millisFromJson()', () => {
  it.each([
    ['1795406882480123456', 1_795_406_882_480],
    [' 1795406882480123456 ', 1_795_406_882_480],
    ['999999', 0],
    ['0', 0],
    [1_500_000, 1],
    ['', undefined],
    ['-5', undefined],
    ['1e18', undefined],
    ['0x10', undefined],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
    ['99999999999999999999999999', undefined],
    [null, undefined],
    [{ low: 1, high: 2 }, undefined],
  ])('millisFromJson() reads %j as %s', (value, millis) => {
    expect(millisFromJson(value)).toBe(millis)
  })
})
