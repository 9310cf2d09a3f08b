import type { ExperimentSummary } from '../model/experiment-summary.js'
import type { Observation } from '../model/observation.js'
import type { Score } from '../model/score.js'
import type { TraceSummary } from '../model/trace-summary.js'
import type { CommentStore } from './comment-store.js'
import type { DatasetRunStore } from './dataset-run-store.js'
import type { DatasetStore } from './dataset-store.js'
import type { ExperimentQuery } from './experiment-query.js'
import type { LatestScoreQuery } from './latest-score-query.js'
import type { LegacyStore } from './legacy-store.js'
import type { MediaStore } from './media-store.js'
import type { MetricQuery, MetricRow } from './metric-query.js'
import type { ModelStore } from './model-store.js'
import type { ObservationQuery } from './observation-query.js'
import type { PromptStore } from './prompt-store.js'
import type { ScoreConfigStore } from './score-config-store.js'
import type { ScoreQuery } from './score-query.js'
import type { TraceQuery } from './trace-query.js'
import type { ViewerStore } from './viewer/viewer-store.js'

/** What a store is to keep to; absent limits do not restrict. */
export interface PruneLimits {
  /** The earliest start that stays, in milliseconds since the epoch. */
  readonly olderThanMillis?: number | undefined
  /** How many bytes rows may take. */
  readonly maxBytes?: number | undefined
}

/**
 * Where observations and scores live. Calls are synchronous: the engine is embedded, and a call that returned has been
 * written; where there is a file, it survives the death of the process. Rows are copies of what was given.
 *
 * Text is UTF-8 without NULs: NULs and lone surrogates are stored, looked for and given back as U+FFFD, also in tags, metadata and
 * details. Texts are ordered by their bytes, and only A to Z have a case.
 */
export interface Store {
  /** Datasets and their items. */
  readonly datasets: DatasetStore
  /** Runs of datasets, in the mode `legacy`. */
  readonly datasetRuns: DatasetRunStore
  /** Traces and observations of Langfuse 3, in the mode `legacy`. */
  readonly legacy: LegacyStore
  /** What scores are supposed to look like. */
  readonly scoreConfigs: ScoreConfigStore
  /** Prompts, all versions of them. */
  readonly prompts: PromptStore
  /** Models that the project has defined itself, with their prices. */
  readonly models: ModelStore
  /** What people write beside what is here. */
  readonly comments: CommentStore
  /** Files that observations and dataset items refer to. */
  readonly media: MediaStore
  /** What the pages for people read. */
  readonly viewer: ViewerStore
  /**
   * Writes observations, all or none. One with the trace id and id of an earlier one replaces it.
   *
   * @param observations In the order they came; of two with the same ids the later stays.
   */
  putObservations(observations: readonly Observation[]): void
  /**
   * Reads observations, newest first unless the query says otherwise.
   *
   * @param query What to read.
   * @returns At most `query.limit` rows; parts that were not asked for are empty.
   */
  findObservations(query: ObservationQuery): Observation[]
  /**
   * Sums up traces, the one with the newest observation first.
   *
   * @param query Which page of them.
   * @returns At most `query.limit` traces.
   */
  findTraces(query: TraceQuery): TraceSummary[]
  /**
   * Sums up one trace.
   *
   * @param traceId The trace.
   * @returns Its summary, or undefined when it has no observations.
   */
  findTrace(traceId: string): TraceSummary | undefined
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
   * Reads scores beside a page of experiments or of their items, those that were written last first.
   *
   * @param query What to read.
   * @returns At most `query.limitEach` scores of each experiment or trace.
   */
  findLatestScores(query: LatestScoreQuery): Score[]
  /**
   * Sums up experiments, the one with the newest observation first.
   *
   * @param query What to read.
   * @returns At most `query.limit` experiments.
   */
  findExperiments(query: ExperimentQuery): ExperimentSummary[]
  /**
   * Groups observations or scores, and sums them up.
   *
   * @param query Which figures.
   * @returns At most `query.limit` groups.
   */
  findMetrics(query: MetricQuery): MetricRow[]
  /**
   * Deletes a score if it is there.
   *
   * @param id The score.
   */
  deleteScore(id: string): void
  /**
   * Deletes the oldest observations and scores until the limits are kept; traces go as a whole.
   *
   * @param limits What to keep to.
   * @returns How many observations were deleted.
   */
  prune(limits: PruneLimits): number
  /** Writes everything into the one file, where there is one, and lets go of it. Later calls of other methods throw. */
  close(): void
}
