/** A score beside something. */
export interface NamedScore {
  readonly name: string
  readonly value: number | string
}

/** A session as `GET /viewer/api/sessions` gives it. */
export interface SessionRow {
  readonly sessionId: string
  readonly startMillis: number
  readonly newestMillis: number
  readonly endMillis: number
  readonly traceCount: number
  readonly errorCount: number
  readonly totalTokens: number
  readonly totalCost: number
  readonly userIds: readonly string[]
  readonly inputStart: string
  readonly scores: readonly NamedScore[]
}

/** A page of them. */
export interface SessionRows {
  readonly sessions: readonly SessionRow[]
  readonly hasMore: boolean
}
