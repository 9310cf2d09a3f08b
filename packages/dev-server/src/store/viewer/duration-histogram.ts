import type { Percentiles } from './chart.js'

/** Durations of a bin differ by no more than this factor. */
export const BIN_GROWTH = 1.02

/** Durations counted in bins: a percentile is off by no more than a bin is wide, and exact where a bin holds one. */
export class DurationHistogram {
  private readonly bins = new Map<number, { count: number; sumMillis: number }>()
  private count = 0

  /**
   * Adds durations.
   *
   * @param bin Their bin: the logarithm to {@link BIN_GROWTH}, cut to a whole number.
   * @param count How many.
   * @param sumMillis All of them together.
   */
  add(bin: number, count: number, sumMillis: number): void {
    const known = this.bins.get(bin) ?? { count: 0, sumMillis: 0 }
    this.bins.set(bin, { count: known.count + count, sumMillis: known.sumMillis + sumMillis })
    this.count += count
  }

  /** @returns The percentiles by nearest rank; null when nothing was added. */
  percentiles(): Percentiles<number | null> {
    const sorted = [...this.bins].sort(([one], [other]) => one - other)
    const at = (share: number): number | null => {
      const rank = Math.max(1, Math.ceil(share * this.count))
      let before = 0
      for (const [, { count, sumMillis }] of sorted) {
        before += count
        if (before >= rank) return sumMillis / count
      }
      return null
    }
    return { p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99) }
  }
}
