import { describe, expect, it } from 'vitest'
import { BIN_GROWTH, DurationHistogram } from './duration-histogram.js'

function histogramOf(durations: readonly number[]): DurationHistogram {
  const histogram = new DurationHistogram()
  for (const millis of durations) {
    histogram.add(Math.floor(Math.log(Math.max(millis, 1)) / Math.log(BIN_GROWTH)), 1, millis)
  }
  return histogram
}

describe('DurationHistogram', () => {
  it('percentiles() gives null when nothing was added', () => {
    expect(new DurationHistogram().percentiles()).toEqual({ p50: null, p90: null, p95: null, p99: null })
  })

  it.each([
    [[7], { p50: 7, p90: 7, p95: 7, p99: 7 }],
    [[0, 0, 0], { p50: 0, p90: 0, p95: 0, p99: 0 }],
    [[10, 1000], { p50: 10, p90: 1000, p95: 1000, p99: 1000 }],
    [[1, 10, 100], { p50: 10, p90: 100, p95: 100, p99: 100 }],
    [[3_600_000, 1, 60_000, 1000], { p50: 1000, p90: 3_600_000, p95: 3_600_000, p99: 3_600_000 }],
  ])('percentiles() is exact for %j, where each is alone in its bin', (durations, expected) => {
    expect(histogramOf(durations).percentiles()).toEqual(expected)
  })

  it('percentiles() is off by no more than a bin is wide', () => {
    const durations = Array.from({ length: 5000 }, (_, index) => 1 + ((index * 7919) % 5000) ** 1.5)
    const sorted = durations.toSorted((one, other) => one - other)
    const found = histogramOf(durations).percentiles()
    for (const [name, share] of [
      ['p50', 0.5],
      ['p90', 0.9],
      ['p95', 0.95],
      ['p99', 0.99],
    ] as const) {
      const exact = sorted[Math.ceil(share * sorted.length) - 1] ?? 0
      expect(Math.abs((found[name] ?? 0) / exact - 1)).toBeLessThan(BIN_GROWTH - 1)
    }
  })
})
