import { describe, expect, it } from 'vitest'
import { retryDelay } from './retry-delay.js'

describe('retryDelay()', () => {
  it.each([
    [1, 500],
    [2, 1000],
    [3, 2000],
    [7, 20_000],
    [2000, 20_000],
  ])('retryDelay() stays below the ceiling of attempt %i', (attempt, ceiling) => {
    expect(retryDelay(attempt, undefined, () => 0)).toBe(0)
    expect(retryDelay(attempt, undefined, () => 0.5)).toBe(ceiling / 2)
  })

  it('retryDelay() does what the server asks, even nothing', () => {
    expect(retryDelay(1, 61_000, () => 0.5)).toBe(61_000)
    expect(retryDelay(1, 0, () => 0.5)).toBe(0)
  })
})
