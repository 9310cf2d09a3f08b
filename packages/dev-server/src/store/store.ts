import type { Observation } from '../model/observation.js'
import type { Score } from '../model/score.js'
import type { ObservationQuery } from './observation-query.js'
import type { ScoreQuery } from './score-query.js'

/**
 * Where observations and scores live. Calls are synchronous: the engine is embedded, and a call that returned has been
 * written, so it survives the death of the process.
 */
export interface Store {
  /**
   * Writes observations, all or none. One with the trace id and id of an earlier one replaces it.
   *
   * @param observations In the order they came; of two with the same ids the later stays.
   */
  putObservations(observations: readonly Observation[]): void
  /**
   * Reads observations, newest first.
   *
   * @param query What to read.
   * @returns At most `query.limit` rows; parts that were not asked for are empty.
   */
  findObservations(query: ObservationQuery): Observation[]
  /**
   * The traces with the newest observations.
   *
   * @param limit How many at most.
   * @param beforeMillis Only observations that began before this.
   * @returns Trace ids, the one with the newest observation first.
   */
  newestTraceIds(limit: number, beforeMillis: number): string[]
  /**
   * Deletes the observations of a trace; its scores stay, as in Langfuse.
   *
   * @param traceId The trace.
   */
  deleteTrace(traceId: string): void
  /**
   * Writes scores, all or none. One with the id of an earlier one replaces it, but keeps its creation time.
   *
   * @param scores In the order they came.
   */
  putScores(scores: readonly Score[]): void
  /**
   * Reads scores, newest first.
   *
   * @param query What to read.
   * @returns At most `query.limit` scores.
   */
  findScores(query: ScoreQuery): Score[]
  /**
   * Deletes a score if it is there.
   *
   * @param id The score.
   */
  deleteScore(id: string): void
  /** Writes everything into the one file and lets go of it. Later calls of other methods throw. */
  close(): void
}
