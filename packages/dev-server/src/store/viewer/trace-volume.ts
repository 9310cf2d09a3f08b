/** How many traces there were, over time: for the chart above the list. */
export interface TraceVolume {
  readonly fromMillis: number
  readonly bucketMillis: number
  /** Traces that began in each bucket. */
  readonly counts: readonly number[]
  /** Those of them with an error. */
  readonly errorCounts: readonly number[]
}
