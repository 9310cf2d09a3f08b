/** What the charts compare: traces by their name, or calls of models by the model. */
export type ChartDimension = 'name' | 'model'

/** Which charts to draw. */
export interface ChartQuery {
  readonly by: ChartDimension
  /** Names or models. Default: the most frequent ones, and the others together. */
  readonly only: readonly string[]
  /** From then on, in milliseconds since the epoch. Default: from the first. */
  readonly fromMillis?: number | undefined
  /** Until before then. Default: to the last. */
  readonly toMillis?: number | undefined
  /** How many parts the time is cut into at most. */
  readonly maxBuckets: number
  /** How many traces or observations are looked at, the newest. @default as many as can be read while someone waits */
  readonly maxRows?: number
}

/** Durations up to which so many per cent of all stay, in milliseconds. */
export interface Percentiles<Value> {
  readonly p50: Value
  readonly p90: Value
  readonly p95: Value
  readonly p99: Value
}

/** One line of the charts; the lists have an entry for each part of the time. */
export interface ChartSeries {
  /** Null for all that are not named. */
  readonly name: string | null
  readonly counts: readonly number[]
  /** Traces or calls with an error. */
  readonly errorCounts: readonly number[]
  readonly tokens: readonly number[]
  /** US dollars. */
  readonly costs: readonly number[]
  /** Null where there was nothing. */
  readonly latencies: Percentiles<readonly (number | null)[]>
  readonly totals: ChartTotals
}

/** A line of the charts as one number each. */
export interface ChartTotals {
  readonly count: number
  readonly errorCount: number
  readonly tokens: number
  /** US dollars. */
  readonly cost: number
  readonly latency: Percentiles<number | null>
}

/** The mean of a score over time, a line for each name or model. */
export interface ScoreChart {
  readonly name: string
  readonly series: readonly {
    readonly name: string | null
    readonly mean: number
    readonly count: number
    /** Null where none was given. */
    readonly means: readonly (number | null)[]
  }[]
}

/** Everything the page of charts shows. */
export interface Charts {
  readonly fromMillis: number
  readonly bucketMillis: number
  readonly bucketCount: number
  /** The most frequent first, what is not named last. */
  readonly series: readonly ChartSeries[]
  readonly scores: readonly ScoreChart[]
  /** Every name or model in this time, the most frequent first, so many. */
  readonly offered: readonly string[]
  /** Whether there was more in this time than was read; then the newest was. */
  readonly isPartial: boolean
}
