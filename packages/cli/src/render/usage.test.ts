import { describe, expect, it } from 'vitest'
import { formatUsage } from './usage.js'

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
