import type { ObservationLevel } from './observation-level.js'

/** A trace in one line. Langfuse v4 has no traces, only observations that share an id; this is what they add up to. */
export interface TraceSummary {
  readonly traceId: string
  /** The name of the trace, or else of its root. The root is the earliest that says so, or the earliest of all. */
  readonly name: string
  /** When its first observation began. */
  readonly startTimeMillis: number
  /** When its newest observation began, which is what traces are ordered by. */
  readonly newestStartMillis: number
  /** From the first start to the last end. */
  readonly durationMillis: number
  /** The worst of all levels. */
  readonly level: ObservationLevel
  readonly userId: string
  readonly sessionId: string
  /** Those of all observations, without repetition. */
  readonly tags: readonly string[]
  /** The beginning of the input of the root. */
  readonly inputStart: string
  /** The beginning of the output of the root. */
  readonly outputStart: string
  /** US dollars. */
  readonly totalCost: number
  readonly observationCount: number
}
