import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseUtcTime } from './parse-utc-time.js'

describe('parseUtcTime()', () => {
  it('parseUtcTime() reads what toISOString() writes', () => {
    const time = fc.date({ min: new Date(0), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true })
    fc.assert(fc.property(time, (date) => parseUtcTime(date.toISOString()) === date.getTime()))
  })

  it('parseUtcTime() reads a UTC time or nothing, whatever was read before', () => {
    const character = fc.constantFrom(...'0123456789TZ:.-+ aé')
    const like = fc.tuple(fc.nat({ max: 23 }), character).map(([at, other]) => {
      const text = '2026-11-23T04:08:02.480Z'
      return `${text.slice(0, at)}${other}${text.slice(at + 1)}`
    })
    fc.assert(
      fc.property(like, (text) => {
        const expected = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text) ? Date.parse(text) : Number.NaN
        expect(parseUtcTime(text)).toBe(expected)
      }),
    )
  })

  it.each([
    ['2026-11-23T04:08:02Z', Date.UTC(2026, 10, 23, 4, 8, 2)],
    ['2026-11-23T04:08:02.480123Z', Date.UTC(2026, 10, 23, 4, 8, 2, 480)],
    ['2026-11-23T24:00:00.000Z', Date.UTC(2026, 10, 24)],
    ['2026-13-01T00:00:00.000Z', Number.NaN],
    ['2026-11-23T04:60:02.480Z', Number.NaN],
    ['2026-11-23T04:08:02.480', Number.NaN],
    ['2026-11-23T04:08:02+01:00', Number.NaN],
    ['7', Number.NaN],
    ['', Number.NaN],
  ])('parseUtcTime() reads %j as %d', (text, expected) => {
    expect(parseUtcTime(text)).toBe(expected)
  })
})
