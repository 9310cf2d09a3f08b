/** How the value of a score is compared. */
export type ScoreOperator = '=' | '>=' | '<='

/** A condition on the scores of a trace or of its observations: at least one must meet it. */
export interface ScoreCondition {
  readonly name: string
  /** Absent: that there is such a score is enough. */
  readonly comparison?: { readonly operator: ScoreOperator; readonly value: number | string }
}

/** Which traces to list. All conditions must hold; of several values of one field, one is enough. */
export interface TraceFilter {
  /** The trace began then or later, in milliseconds since the epoch. */
  readonly fromMillis?: number
  /** The trace began before then, in milliseconds since the epoch. */
  readonly toMillis?: number
  readonly names: readonly string[]
  /** Every one of them must be there. */
  readonly tags: readonly string[]
  readonly sessionIds: readonly string[]
  readonly userIds: readonly string[]
  readonly environments: readonly string[]
  /** An observation of this level or a worse one. */
  readonly level?: 'WARNING' | 'ERROR'
  readonly scores: readonly ScoreCondition[]
  /** Words that one of its observations has in input or output; or its id, or part of its name. */
  readonly text?: string
}

/** The place of a trace in the list, which runs from the newest start to the oldest. */
export interface TraceListPosition {
  readonly startMillis: number
  readonly traceId: string
}

/** A page of the list. */
export interface TraceListQuery {
  readonly filter: TraceFilter
  /** Continue after this trace. */
  readonly after?: TraceListPosition | undefined
  readonly limit: number
}
