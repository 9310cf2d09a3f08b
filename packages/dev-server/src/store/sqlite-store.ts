import type { ExperimentSummary } from '../model/experiment-summary.js'
import type { Observation } from '../model/observation.js'
import type { Score } from '../model/score.js'
import type { TraceSummary } from '../model/trace-summary.js'
import type { Db } from './db.js'
import type { ExperimentQuery } from './experiment-query.js'
import { inTransaction } from './in-transaction.js'
import type { LatestScoreQuery } from './latest-score-query.js'
import type { MetricQuery, MetricRow } from './metric-query.js'
import type { ObservationQuery } from './observation-query.js'
import { fromRecord, RECORD_COLUMNS, toRecord } from './observation-record.js'
import { closeDatabase, openDatabase } from './open-database.js'
import { pruneStore } from './prune-store.js'
import { readMetrics } from './read-metrics.js'
import { readRows } from './read-rows.js'
import type { ScoreQuery } from './score-query.js'
import { fromScoreRecord, SCORE_COLUMNS, toScoreRecord } from './score-record.js'
import { fromExperimentRecord, selectExperiments } from './select-experiments.js'
import { selectLatestScores } from './select-latest-scores.js'
import { selectObservations } from './select-observations.js'
import { selectScores } from './select-scores.js'
import { selectTrace, selectTraces } from './select-traces.js'
import { sqlText } from './sql-value.js'
import { SqliteCommentStore } from './sqlite-comment-store.js'
import { SqliteDatasetRunStore } from './sqlite-dataset-run-store.js'
import { SqliteDatasetStore } from './sqlite-dataset-store.js'
import { SqliteLegacyStore } from './sqlite-legacy-store.js'
import { SqliteMediaStore } from './sqlite-media-store.js'
import { SqliteModelStore } from './sqlite-model-store.js'
import { SqlitePromptStore } from './sqlite-prompt-store.js'
import { SqliteScoreConfigStore } from './sqlite-score-config-store.js'
import type { PruneLimits, Store } from './store.js'
import type { TraceQuery } from './trace-query.js'
import { fromTraceRecord } from './trace-record.js'
import { SqliteViewerStore } from './viewer/sqlite-viewer-store.js'

/**
 * Opens a store in a SQLite file.
 *
 * @param path The database file; it is made when missing.
 * @returns The store, which holds the file until it is closed.
 * @throws {DevServerError} See {@link openDatabase}.
 */
export function openSqliteStore(path: string): Store {
  return new SqliteStore(openDatabase(path))
}

class SqliteStore implements Store {
  readonly datasets: SqliteDatasetStore
  readonly datasetRuns: SqliteDatasetRunStore
  readonly legacy: SqliteLegacyStore
  readonly scoreConfigs: SqliteScoreConfigStore
  readonly prompts: SqlitePromptStore
  readonly models: SqliteModelStore
  readonly comments: SqliteCommentStore
  readonly media: SqliteMediaStore
  readonly viewer: SqliteViewerStore
  private readonly db: Db
  private readonly insertObservation: ReturnType<Db['prepare']>
  private readonly insertScore: ReturnType<Db['prepare']>

  constructor(db: Db) {
    this.db = db
    this.datasets = new SqliteDatasetStore(db)
    this.datasetRuns = new SqliteDatasetRunStore(db)
    this.legacy = new SqliteLegacyStore(db)
    this.scoreConfigs = new SqliteScoreConfigStore(db)
    this.prompts = new SqlitePromptStore(db)
    this.models = new SqliteModelStore(db)
    this.comments = new SqliteCommentStore(db)
    this.media = new SqliteMediaStore(db)
    this.viewer = new SqliteViewerStore(db)
    this.insertObservation = db.prepare(`INSERT OR REPLACE INTO observations ${columnsAndPlaceholders(RECORD_COLUMNS)}`)
    // All but what says when the score came into being.
    const updates = SCORE_COLUMNS.filter((column) => column !== 'id' && column !== 'created_millis')
    this.insertScore = db.prepare(
      `INSERT INTO scores ${columnsAndPlaceholders(SCORE_COLUMNS)}
       ON CONFLICT (id) DO UPDATE SET ${updates.map((column) => `${column} = excluded.${column}`).join(', ')}`,
    )
  }

  putObservations(observations: readonly Observation[]): void {
    inTransaction(this.db, () => {
      for (const observation of observations) this.insertObservation.run(toRecord(observation))
    })
    this.viewer.observationsChanged()
  }

  findObservations(query: ObservationQuery): Observation[] {
    return readRows(this.db, selectObservations(query)).map(fromRecord)
  }

  findTraces(query: TraceQuery): TraceSummary[] {
    return readRows(this.db, selectTraces(query)).map(fromTraceRecord)
  }

  findTrace(traceId: string): TraceSummary | undefined {
    return readRows(this.db, selectTrace(traceId)).map(fromTraceRecord)[0]
  }

  deleteTrace(traceId: string): void {
    inTransaction(this.db, () => {
      for (const [table, column] of TRACE_TABLES) {
        this.db.prepare(`DELETE FROM ${table} WHERE ${column} = ?`).run([sqlText(traceId)])
      }
    })
    this.viewer.observationsChanged()
  }

  putScores(scores: readonly Score[]): void {
    inTransaction(this.db, () => {
      for (const score of scores) this.insertScore.run(toScoreRecord(score))
    })
    this.viewer.scoresChanged(scores.map(({ traceId }) => traceId))
  }

  findScores(query: ScoreQuery): Score[] {
    return readRows(this.db, selectScores(query)).map(fromScoreRecord)
  }

  findLatestScores(query: LatestScoreQuery): Score[] {
    return readRows(this.db, selectLatestScores(query)).map(fromScoreRecord)
  }

  findExperiments(query: ExperimentQuery): ExperimentSummary[] {
    return readRows(this.db, selectExperiments(query)).map(fromExperimentRecord)
  }

  findMetrics(query: MetricQuery): MetricRow[] {
    return readMetrics(this.db, query)
  }

  deleteScore(id: string): void {
    this.db.prepare('DELETE FROM scores WHERE id = ?').run([sqlText(id)])
  }

  prune(limits: PruneLimits): number {
    return pruneStore(this.db, limits)
  }

  close(): void {
    this.viewer.close()
    closeDatabase(this.db)
  }
}

/** What goes with a trace, by the column that names it. */
const TRACE_TABLES = [
  ['observations', 'trace_id'],
  ['legacy_observations', 'trace_id'],
  ['legacy_traces', 'id'],
] as const

function columnsAndPlaceholders(columns: readonly string[]): string {
  return `(${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`
}
