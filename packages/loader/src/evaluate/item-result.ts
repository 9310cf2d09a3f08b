import type { DatasetItem } from '../dataset/dataset-item.js'
import type { ScoreValue } from './evaluator.js'

/** What one evaluator said of one item. */
export interface ItemScore {
  /** What was measured. */
  readonly name: string
  /** `null` if there is no verdict, or the evaluator failed. */
  readonly score: ScoreValue | null
  readonly reason: string | null
  /** Why there is no score: what the evaluator threw. */
  readonly error: string | null
  readonly metadata: Readonly<Record<string, unknown>>
}

/** What became of one item. */
export interface ItemResult {
  readonly item: DatasetItem
  /** What was judged: what the task returned, or the item's actual output. `null` if there is none. */
  readonly output: unknown
  /** What the task threw, or why there was nothing to judge. */
  readonly error: string | null
  readonly scores: readonly ItemScore[]
  /** When the work on it began. */
  readonly startTime: Date
  /** How long the task took; without a task the item's own latency. */
  readonly latencySeconds: number | null
  /** The trace in which the output was made: the one the task linked, without a task the item's. */
  readonly traceId: string | null
  readonly observationId: string | null
}
