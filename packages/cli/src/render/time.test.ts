import { describe, expect, it } from 'vitest'
import { formatTime } from './time.js'

describe('formatTime()', () => {
  it.each([
    [0, '1970-01-01T00:00:00Z'],
    [Date.UTC(2026, 10, 23, 7, 11, 38, 999), '2026-11-23T07:11:38Z'],
  ])('writes %i in UTC', (millis, text) => {
    expect(formatTime(new Date(millis))).toBe(text)
  })
})
