import { describe, expect, it } from 'vitest'
import { formatCost } from './cost.js'

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
