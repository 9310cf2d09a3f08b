import { describe, expect, it } from 'vitest'
import { parseRetryAfter } from './parse-retry-after.js'

const NOW = Date.parse('Mon, 23 Nov 2026 12:00:00 GMT')

describe('parseRetryAfter()', () => {
  it.each([
    ['0', 0],
    ['7', 7000],
    [' 60 ', 60_000],
    ['Mon, 23 Nov 2026 12:00:30 GMT', 30_000],
    ['Mon, 23 Nov 2026 11:00:00 GMT', 0],
  ])('parseRetryAfter() reads %j', (header, expected) => {
    expect(parseRetryAfter(header, NOW)).toBe(expected)
  })

  it.each([
    undefined,
    '',
    ' ',
    '-1',
    '1.5',
    '1e3',
    '0x10',
    'soon',
    '10s',
    '9999999999',
    '2026-11-23T12:00:30Z',
    'Xxx, 99 Nov 2026 12:00:30 GMT',
    'Mon, 99 Nov 2026 12:00:30 GMT',
  ])('parseRetryAfter() takes %j for no answer', (header) => {
    expect(parseRetryAfter(header, NOW)).toBeUndefined()
  })
})
