import { describe, expect, it } from 'vitest'
import { formatDuration } from './duration.js'

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
