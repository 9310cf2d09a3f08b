import type { TimeInput } from '@opentelemetry/api'
import { describe, expect, it } from 'vitest'
import { toMillis } from './to-millis.js'

describe('toMillis()', () => {
  it.each<[TimeInput, number]>([
    [new Date('2026-01-02T03:04:05.006Z'), Date.UTC(2026, 0, 2, 3, 4, 5, 6)],
    [Date.UTC(2026, 0, 2, 3, 4, 5, 6), Date.UTC(2026, 0, 2, 3, 4, 5, 6)],
    [[1767323045, 6_999_999], Date.UTC(2026, 0, 2, 3, 4, 5, 6)],
    [[0, 0], 0],
    // However long ago, a Date is a date.
    [new Date(5), 5],
  ])('toMillis(%o) is %s', (time, expected) => {
    expect(toMillis(time)).toBe(expected)
  })

  it('toMillis() takes what performance.now() gives as time since the process began', () => {
    const now = performance.now()
    expect(toMillis(now)).toBe(performance.timeOrigin + now)
  })

  it.each<[unknown]>([[Number.NaN], [new Date(Number.NaN)], [[1]], [{}], ['garbage']])(
    'toMillis(%o) is NaN',
    (time) => {
      expect(toMillis(time as TimeInput)).toBeNaN()
    },
  )
})
