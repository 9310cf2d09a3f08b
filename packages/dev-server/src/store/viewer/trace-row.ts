import type { ObservationType } from '../../model/observation-type.js'

/** A trace in the list. */
export interface TraceRow {
  readonly traceId: string
  readonly name: string
  /** Of its root. */
  readonly type: ObservationType
  readonly startMillis: number
  readonly durationMillis: number
  readonly observationCount: number
  /** How many observations have the level ERROR. */
  readonly errorCount: number
  readonly warningCount: number
  readonly totalTokens: number
  /** US dollars. */
  readonly totalCost: number
  readonly userId: string
  readonly sessionId: string
  readonly environment: string
  readonly tags: readonly string[]
  /** The beginning of the input of the root. */
  readonly inputStart: string
  readonly outputStart: string
  /** Those of the trace and of its observations, the newest first, only a few. */
  readonly scores: readonly RowScore[]
}

/** A score beside a trace. */
export interface RowScore {
  readonly name: string
  readonly value: number | string
}
