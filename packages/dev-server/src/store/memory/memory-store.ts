import type { ExperimentSummary } from '../../model/experiment-summary.js'
import type { Observation } from '../../model/observation.js'
import type { Score } from '../../model/score.js'
import type { TraceSummary } from '../../model/trace-summary.js'
import type { ExperimentQuery } from '../experiment-query.js'
import type { LatestScoreQuery } from '../latest-score-query.js'
import type { MetricQuery, MetricRow } from '../metric-query.js'
import type { ObservationPart, ObservationQuery } from '../observation-query.js'
import type { ScoreQuery } from '../score-query.js'
import type { PruneLimits, Store } from '../store.js'
import type { TraceQuery } from '../trace-query.js'
import { findLatestMemoryScores, findMemoryScores } from './find-memory-scores.js'
import { groupMemoryMetrics } from './group-memory-metrics.js'
import { MemoryCommentStore } from './memory-comment-store.js'
import { MemoryDatasetRunStore } from './memory-dataset-run-store.js'
import { MemoryDatasetStore } from './memory-dataset-store.js'
import { MemoryLegacyStore } from './memory-legacy-store.js'
import { MemoryMediaStore } from './memory-media-store.js'
import { MemoryModelStore } from './memory-model-store.js'
import { MemoryPromptStore } from './memory-prompt-store.js'
import { MemoryScoreConfigStore } from './memory-score-config-store.js'
import { allRows, MemoryTables, putByTrace } from './memory-tables.js'
import { MemoryViewerStore } from './memory-viewer-store.js'
import { READABLE_OBSERVATIONS } from './observation-readers.js'
import { firstOf, followingOf } from './page-of.js'
import { pruneMemory } from './prune-memory.js'
import { requireWholeMillis } from './require-whole-millis.js'
import { comparePositions } from './row-order.js'
import { storedCopy, storedText } from './stored-copy.js'
import { sumUpExperiments } from './sum-up-experiments.js'
import { sumUpTrace, sumUpTraces } from './sum-up-traces.js'
import { whereAllHold } from './where-all-hold.js'

/**
 * Opens a store that is gone when it is closed. A query looks at every row, which is quick for what a test or an afternoon leaves behind: tens
 * of thousands of observations.
 *
 * @returns The store, empty.
 */
export function openMemoryStore(): Store {
  return new MemoryStore(new MemoryTables())
}

class MemoryStore implements Store {
  readonly datasets: MemoryDatasetStore
  readonly datasetRuns: MemoryDatasetRunStore
  readonly legacy: MemoryLegacyStore
  readonly scoreConfigs: MemoryScoreConfigStore
  readonly prompts: MemoryPromptStore
  readonly comments: MemoryCommentStore
  readonly models: MemoryModelStore
  readonly media: MemoryMediaStore
  readonly viewer: MemoryViewerStore
  private readonly tables: MemoryTables

  constructor(tables: MemoryTables) {
    this.tables = tables
    this.datasets = new MemoryDatasetStore(tables)
    this.datasetRuns = new MemoryDatasetRunStore(tables)
    this.legacy = new MemoryLegacyStore(tables)
    this.scoreConfigs = new MemoryScoreConfigStore(tables)
    this.prompts = new MemoryPromptStore(tables)
    this.comments = new MemoryCommentStore(tables)
    this.models = new MemoryModelStore(tables)
    this.media = new MemoryMediaStore(tables)
    this.viewer = new MemoryViewerStore(tables)
  }

  putObservations(observations: readonly Observation[]): void {
    const { rows } = this.tables
    // All are checked before the first is written.
    for (const observation of observations) requireWholeMillis(observation, ['startTimeMillis', 'endTimeMillis'])
    const stored = observations.map(storedCopy)
    for (const observation of stored) putByTrace(rows.observations, observation)
    this.viewer.announce(stored.map(({ traceId }) => traceId))
  }

  findObservations({ conditions, order, after, limit, parts }: ObservationQuery): Observation[] {
    const sign = order === 'oldest' ? 1 : -1
    const inOrder: typeof comparePositions = (one, other) => sign * comparePositions(one, other)
    const found = whereAllHold(allRows(this.tables.rows.observations), conditions, READABLE_OBSERVATIONS).sort(inOrder)
    return firstOf(followingOf(found, inOrder, after), limit).map((row) => onlyParts(row, parts))
  }

  findTraces(query: TraceQuery): TraceSummary[] {
    return sumUpTraces(this.tables.rows.observations, query)
  }

  findTrace(traceId: string): TraceSummary | undefined {
    const ofTrace = this.tables.rows.observations.get(storedText(traceId))
    return ofTrace === undefined ? undefined : sumUpTrace([...ofTrace.values()])
  }

  deleteTrace(traceId: string): void {
    const { observations, legacyTraces, legacyObservations } = this.tables.rows
    const id = storedText(traceId)
    const wasThere = observations.delete(id)
    legacyTraces.delete(id)
    legacyObservations.delete(id)
    if (wasThere) this.viewer.announce([id])
  }

  putScores(scores: readonly Score[]): void {
    const { rows } = this.tables
    const stored = scores.map(storedScore)
    for (const score of stored) {
      const createdAtMillis = rows.scores.get(score.id)?.createdAtMillis ?? score.createdAtMillis
      rows.scores.set(score.id, { ...score, createdAtMillis })
    }
    this.viewer.announce(stored.flatMap(({ traceId }) => traceId ?? []))
  }

  findScores(query: ScoreQuery): Score[] {
    const { scores, legacyTraces } = this.tables.rows
    return findMemoryScores(scores.values(), query, legacyTraces)
  }

  findLatestScores(query: LatestScoreQuery): Score[] {
    return findLatestMemoryScores(this.tables.rows.scores.values(), query)
  }

  findExperiments(query: ExperimentQuery): ExperimentSummary[] {
    return sumUpExperiments(allRows(this.tables.rows.observations), query)
  }

  findMetrics(query: MetricQuery): MetricRow[] {
    return groupMemoryMetrics(this.tables.rows, query)
  }

  deleteScore(id: string): void {
    this.tables.rows.scores.delete(storedText(id))
  }

  prune(limits: PruneLimits): number {
    return pruneMemory(this.tables.rows, limits)
  }

  close(): void {
    this.viewer.close()
    this.tables.close()
  }
}

function onlyParts(row: Observation, parts: readonly ObservationPart[]): Observation {
  return {
    ...row,
    ...(!parts.includes('metadata') && { metadata: {} }),
    ...(!parts.includes('io') && { input: '', output: '' }),
  }
}

function storedScore(score: Score): Score {
  requireWholeMillis(score, ['timestampMillis', 'createdAtMillis', 'updatedAtMillis'])
  if (Number.isNaN(score.value)) throw new RangeError('Cannot store a score: found NaN, expected a number')
  // JSON has neither infinity nor -0.
  return { ...storedCopy(score), value: score.value + 0 }
}
