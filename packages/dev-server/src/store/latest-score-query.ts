/** Which scores to read beside a page of what they are about. */
export type LatestScoreQuery = {
  /** Inclusive, in milliseconds since the epoch. */
  readonly fromMillis: number
  /** Exclusive. */
  readonly toMillis: number
  /** How many at most of each experiment, or of each trace. */
  readonly limitEach: number
} & (
  | { readonly about: 'experiments'; readonly experimentIds: readonly string[] }
  /** Scores of traces as a whole, and of some observations in them. */
  | { readonly about: 'traces'; readonly traceIds: readonly string[]; readonly observationIds: readonly string[] }
)
