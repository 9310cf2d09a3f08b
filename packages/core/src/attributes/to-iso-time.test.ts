import { describe, expect, it } from 'vitest'
import { toIsoTime } from './to-iso-time.js'

describe('toIsoTime()', () => {
  it.each([
    [new Date('2026-01-02T03:04:05.006Z'), '2026-01-02T03:04:05.006Z'],
    [Date.UTC(2026, 0, 2, 3, 4, 5, 6), '2026-01-02T03:04:05.006Z'],
    [[1767323045, 6_999_999] as [number, number], '2026-01-02T03:04:05.006Z'],
    [[0, 0] as [number, number], '1970-01-01T00:00:00.000Z'],
  ])('toIsoTime(%o) is %s', (time, expected) => {
    expect(toIsoTime(time)).toBe(expected)
  })

  it('toIsoTime() takes what performance.now() gives as time since the process began', () => {
    const now = performance.now()
    expect(toIsoTime(now)).toBe(new Date(performance.timeOrigin + now).toISOString())
  })

  it.each([[Number.NaN], [new Date(Number.NaN)], [Number.POSITIVE_INFINITY]])('toIsoTime(%o) throws', (time) => {
    expect(() => toIsoTime(time)).toThrow(RangeError)
  })
})
