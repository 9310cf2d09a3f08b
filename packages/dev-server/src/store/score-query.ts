import type { ScoreDataType, ScoreSource } from '../model/score.js'
import type { ScoreCondition } from './score-filter-columns.js'

/** Which scores to read. All lists mean "any of"; absent ones do not restrict. */
export interface ScoreQuery {
  readonly limit: number
  /** Continue after this score. */
  readonly after?: ScorePosition | undefined
  readonly ids?: readonly string[] | undefined
  readonly names?: readonly string[] | undefined
  readonly sources?: readonly ScoreSource[] | undefined
  readonly dataTypes?: readonly ScoreDataType[] | undefined
  readonly environments?: readonly string[] | undefined
  readonly configIds?: readonly string[] | undefined
  readonly queueIds?: readonly string[] | undefined
  readonly authorUserIds?: readonly string[] | undefined
  readonly traceIds?: readonly string[] | undefined
  readonly sessionIds?: readonly string[] | undefined
  readonly observationIds?: readonly string[] | undefined
  readonly datasetRunIds?: readonly string[] | undefined
  readonly numbers?: readonly number[] | undefined
  readonly strings?: readonly string[] | undefined
  readonly minValue?: number | undefined
  readonly maxValue?: number | undefined
  /** Inclusive. */
  readonly fromMillis?: number | undefined
  /** Exclusive. */
  readonly toMillis?: number | undefined
  /** All must hold. */
  readonly conditions?: readonly ScoreCondition[] | undefined
}

/** The place of a score in the order of all: newest first by timestamp, then id, both descending. */
export interface ScorePosition {
  readonly timestampMillis: number
  readonly id: string
}
