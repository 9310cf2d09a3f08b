import { describe, expect, it } from 'vitest'
import { parseInstant } from './parse-instant.js'

describe('parseInstant()', () => {
  it.each([
    ['2026-11-01', '2026-11-01T00:00:00.000Z'],
    ['2026-11-01T12:30', '2026-11-01T12:30:00.000Z'],
    ['2026-11-01 12:30:15.5', '2026-11-01T12:30:15.500Z'],
    ['2026-11-01T12:30:00+02:00', '2026-11-01T10:30:00.000Z'],
    ['2026-11-01T12:30:00z', '2026-11-01T12:30:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
  ])('parseInstant() reads %s', (text, instant) => {
    expect(new Date(parseInstant(text)).toISOString()).toBe(instant)
  })

  it.each(['', 'soon', '2026', '2026-02-30', '2026-13-01', '2026-11-01T25:00', '2026-11-01T12:00:00X', '1'.repeat(99)])(
    'parseInstant() refuses %j',
    (text) => {
      expect(() => parseInstant(text)).toThrow('Expected an ISO 8601 time')
    },
  )
})
