import { describe, expect, it } from 'vitest'
import { parseTimestamp } from './parse-timestamp.js'

describe('parseTimestamp()', () => {
  it.each([
    ['2026-11-01', '2026-11-01T00:00:00.000Z'],
    ['2026-11-01T12:30', '2026-11-01T12:30:00.000Z'],
    ['2026-11-01 12:30:15', '2026-11-01T12:30:15.000Z'],
    ['2026-11-01T12:30:15.5', '2026-11-01T12:30:15.500Z'],
    ['2026-11-01T12:30:15.123456789Z', '2026-11-01T12:30:15.123Z'],
    ['2026-11-01T12:30:15+05:30', '2026-11-01T07:00:15.000Z'],
    ['2026-11-01T12:30:15-0130', '2026-11-01T14:00:15.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['1969-12-31T23:59:59.999Z', '1969-12-31T23:59:59.999Z'],
  ])('parseTimestamp() reads %s, in UTC where no zone is named', (text, expected) => {
    expect(parseTimestamp(text, 'fromTimestamp').toISOString()).toBe(expected)
  })

  it('parseTimestamp() copies a Date', () => {
    const date = new Date('2026-11-01T00:00:00Z')
    const parsed = parseTimestamp(date, 'fromTimestamp')
    date.setFullYear(1999)
    expect(parsed.toISOString()).toBe('2026-11-01T00:00:00.000Z')
  })

  it.each([
    ['no text', 7],
    ['null', null],
    ['an invalid Date', new Date(Number.NaN)],
    ['an empty string', ''],
    ['prose', 'yesterday'],
    ['a locale form', '11/01/2026'],
    ['month 13', '2026-13-01'],
    ['February 30th', '2026-02-30'],
    ['February 29th of no leap year', '2026-02-29'],
    ['hour 25', '2026-11-01T25:00'],
    ['hour 24', '2026-11-01T24:00'],
    ['an offset beyond a day', '2026-11-01T00:00+99:00'],
    ['an hour without minutes', '2026-11-01T12'],
    ['something behind', '2026-11-01Zoo'],
  ])('parseTimestamp() refuses %s', (_, value) => {
    expect(() => parseTimestamp(value, 'toTimestamp')).toThrow('Invalid option toTimestamp: ')
  })
})
