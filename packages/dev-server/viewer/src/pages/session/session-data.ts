import type { NamedScore, SessionRow } from '../sessions/session-row.js'

/** A trace as a turn of a conversation. */
export interface SessionTurn {
  readonly traceId: string
  readonly name: string
  readonly startMillis: number
  readonly durationMillis: number
  readonly errorCount: number
  readonly statusMessage: string
  readonly totalTokens: number
  readonly totalCost: number
  readonly userId: string
  readonly input: string
  readonly output: string
  readonly scores: readonly NamedScore[]
}

/** As `GET /viewer/api/sessions/{id}` gives it. */
export interface SessionAnswer {
  readonly session: SessionRow
  readonly scores: readonly (NamedScore & { readonly id: string; readonly comment: string | null })[]
  /** The oldest first. */
  readonly turns: readonly SessionTurn[]
  readonly hasEarlier: boolean
}
