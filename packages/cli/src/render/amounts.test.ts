import { describe, expect, it } from 'vitest'
import { formatCost } from './cost.js'
import { formatDuration } from './duration.js'
import { formatTime } from './time.js'
import { formatUsage } from './usage.js'

describe('formatDuration()', () => {
  it.each([
    [null, '-'],
    [Number.NaN, '-'],
    [0, '0 ms'],
    [0.0124, '12 ms'],
    [0.9994, '999 ms'],
    [0.9996, '1.00 s'],
    [1.25, '1.25 s'],
    [59.99, '59.99 s'],
    [59.999, '1 min 00 s'],
    [125, '2 min 05 s'],
    [3599.6, '1 h 00 min'],
    [90_061, '25 h 01 min'],
    [-0.5, '-500 ms'],
  ])('writes %j readably', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text)
  })
})

describe('formatCost()', () => {
  it.each([
    [null, '-'],
    [0, '-'],
    [-1, '-'],
    [Number.POSITIVE_INFINITY, '-'],
    [0.0000001, '<$0.000001'],
    [0.000001, '$0.000001'],
    [0.00123, '$0.0012'],
    [0.1, '$0.1'],
    [0.0995, '$0.1'],
    [0.999, '$1.00'],
    [12.5, '$12.50'],
    [1234.567, '$1234.57'],
  ])('writes %j with the digits that count', (usd, text) => {
    expect(formatCost(usd)).toBe(text)
  })
})

describe('formatUsage()', () => {
  it.each([
    [{}, ''],
    [{ input: 812, output: 64, total: 876 }, '812 → 64 tokens'],
    [{ input: 0, output: 0 }, '0 → 0 tokens'],
    [{ total: 876 }, '876 tokens'],
    [{ input: 5 }, '5 tokens'],
    [{ cached: 5 }, ''],
  ])('writes %j as tokens', (usage, text) => {
    expect(formatUsage(usage)).toBe(text)
  })
})

describe('formatTime()', () => {
  it.each([
    [0, '1970-01-01T00:00:00Z'],
    [Date.UTC(2026, 10, 23, 7, 11, 38, 999), '2026-11-23T07:11:38Z'],
  ])('writes %i in UTC', (millis, text) => {
    expect(formatTime(new Date(millis))).toBe(text)
  })
})
