/** A trace as `GET /viewer/api/traces` gives it. */
export interface TraceRow {
  readonly traceId: string
  readonly name: string
  readonly type: string
  readonly startMillis: number
  readonly durationMillis: number
  readonly observationCount: number
  readonly errorCount: number
  readonly warningCount: number
  readonly totalTokens: number
  readonly totalCost: number
  readonly userId: string
  readonly sessionId: string
  readonly environment: string
  readonly tags: readonly string[]
  readonly inputStart: string
  readonly outputStart: string
  readonly scores: readonly { readonly name: string; readonly value: number | string }[]
}

/** A page of them. */
export interface TraceRows {
  readonly traces: readonly TraceRow[]
  readonly hasMore: boolean
  /** Observations that the search has not read yet. */
  readonly unindexed: number
}
