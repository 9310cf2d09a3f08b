import type { Metadata } from './observation.js'

/** An experiment in one line. Langfuse v4 has no experiments, only observations that name one; this is what they add up to. */
export interface ExperimentSummary {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly datasetId: string
  readonly metadata: Metadata
  /** When its first observation in the window began. */
  readonly startTimeMillis: number
  /** When the last of its observations in the window ended. */
  readonly endTimeMillis: number
  /** How many items have their root span in the window. */
  readonly itemCount: number
  /** Its newest observation in the window, by which experiments are ordered. */
  readonly newest: { readonly startTimeMillis: number; readonly traceId: string; readonly id: string }
}
