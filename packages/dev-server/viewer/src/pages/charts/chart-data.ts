/** Percentiles of durations that can be chosen. */
export const PERCENTILES = ['p50', 'p90', 'p95', 'p99'] as const

/** One of them. */
export type Percentile = (typeof PERCENTILES)[number]

/** A line of the charts as `GET /viewer/api/charts` gives it. */
export interface ChartSeries {
  /** Null for all that are not named. */
  readonly name: string | null
  readonly counts: readonly number[]
  readonly errorCounts: readonly number[]
  readonly tokens: readonly number[]
  readonly costs: readonly number[]
  readonly latencies: Readonly<Record<Percentile, readonly (number | null)[]>>
  readonly totals: {
    readonly count: number
    readonly errorCount: number
    readonly tokens: number
    readonly cost: number
    readonly latency: Readonly<Record<Percentile, number | null>>
  }
}

/** The mean of a score over time. */
export interface ScoreChart {
  readonly name: string
  readonly series: readonly {
    readonly name: string | null
    readonly mean: number
    readonly count: number
    readonly means: readonly (number | null)[]
  }[]
}

/** Everything the page shows. */
export interface ChartsAnswer {
  readonly fromMillis: number
  readonly bucketMillis: number
  readonly bucketCount: number
  readonly series: readonly ChartSeries[]
  readonly scores: readonly ScoreChart[]
  readonly offered: readonly string[]
  readonly isPartial: boolean
}
