import type { SqlCondition } from '../compile-condition.js'
import type { Db } from '../db.js'
import { readCount, readRows } from '../read-rows.js'
import { sqlText } from '../sql-value.js'
import { BackgroundIndex, type TracesChange } from './background-index.js'
import type { ChartQuery, Charts } from './chart.js'
import { compileTraceFilter, whereAll } from './compile-trace-filter.js'
import type { DatasetRow } from './dataset-row.js'
import type { ExperimentRunItem, ExperimentTotals } from './experiment-row.js'
import { readCharts } from './read-charts.js'
import { readTraceFacets, type TraceFacets } from './read-trace-facets.js'
import { readTraceVolume } from './read-trace-volume.js'
import { fromDatasetRowRecord, selectDatasets } from './select-datasets.js'
import { fromRunItemRecord, selectExperimentItems } from './select-experiment-items.js'
import { fromTotalsRecord, selectExperimentTotals } from './select-experiment-totals.js'
import { fromTurnRecord, selectSessionTurns } from './select-session-turns.js'
import { fromSessionRecord, selectSessions } from './select-sessions.js'
import { selectTraceColumns } from './select-trace-columns.js'
import { fromTraceRowRecord, selectTraceRow, selectTraceRows } from './select-trace-rows.js'
import type { SessionQuery, SessionRow, SessionTurn, TurnQuery } from './session-row.js'
import type { TraceFilter, TraceListPosition, TraceListQuery } from './trace-filter.js'
import type { TraceRow } from './trace-row.js'
import type { TraceVolume } from './trace-volume.js'
import type { TraceNeighbours, ViewerStore } from './viewer-store.js'

/** How long a reader waits for what was written a moment ago, in milliseconds. */
const CATCH_UP_MILLIS = 30

/** What the viewer reads, in the SQLite file of the observations. */
export class SqliteViewerStore implements ViewerStore {
  private readonly db: Db
  private readonly index: BackgroundIndex

  constructor(db: Db) {
    this.db = db
    this.index = new BackgroundIndex(db)
  }

  /** To be called after every write or delete of observations; it costs nothing there. */
  observationsChanged(): void {
    this.index.wake()
  }

  /** To be called after every write of scores. */
  scoresChanged(traceIds: readonly (string | null)[]): void {
    this.index.announce([...new Set(traceIds.filter((traceId) => traceId !== null))])
  }

  findTraceRows(query: TraceListQuery): TraceRow[] {
    this.index.catchUp(CATCH_UP_MILLIS)
    return readRows(this.db, selectTraceRows(query)).map(fromTraceRowRecord)
  }

  findTraceRow(traceId: string): TraceRow | undefined {
    this.index.catchUp(CATCH_UP_MILLIS)
    return readRows(this.db, selectTraceRow(traceId)).map(fromTraceRowRecord)[0]
  }

  readTraceColumns(traceId: string): string {
    return String(readRows(this.db, selectTraceColumns(traceId))[0]?.[0])
  }

  findNeighbours({ startMillis, traceId }: TraceListPosition, filter: TraceFilter): TraceNeighbours {
    const conditions = compileTraceFilter(filter)
    const nearest = (comparison: '<' | '>', direction: 'ASC' | 'DESC'): string | undefined => {
      const position: SqlCondition = {
        sql: `(start_millis, trace_id) ${comparison} (?, ?)`,
        values: [startMillis, sqlText(traceId)],
      }
      const { sql, values } = whereAll([...conditions, position])
      const order = `ORDER BY start_millis ${direction}, trace_id ${direction} LIMIT 1`
      const [row] = readRows(this.db, { sql: `SELECT trace_id FROM trace_summaries ${sql} ${order}`, values })
      return row === undefined ? undefined : String(row[0])
    }
    return { newer: nearest('>', 'ASC'), older: nearest('<', 'DESC') }
  }

  readVolume(filter: TraceFilter, maxBuckets: number): TraceVolume {
    return readTraceVolume(this.db, filter, maxBuckets)
  }

  readFacets(): TraceFacets {
    return readTraceFacets(this.db)
  }

  countUnindexed(): number {
    const sql = 'SELECT max(0, (SELECT coalesce(max(rowid), 0) FROM observations) - searchable_to) FROM viewer_progress'
    return readCount(this.db, { sql, values: [] })
  }

  findSessions(query: SessionQuery): SessionRow[] {
    this.index.catchUp(CATCH_UP_MILLIS)
    return readRows(this.db, selectSessions(query)).map(fromSessionRecord)
  }

  findSessionTurns(query: TurnQuery): SessionTurn[] {
    this.index.catchUp(CATCH_UP_MILLIS)
    return readRows(this.db, selectSessionTurns(query)).map(fromTurnRecord)
  }

  findDatasetRows(limit: number): DatasetRow[] {
    return readRows(this.db, selectDatasets(limit)).map(fromDatasetRowRecord)
  }

  findExperimentTotals(experimentIds: readonly string[]): ExperimentTotals[] {
    this.index.catchUp(CATCH_UP_MILLIS)
    return readRows(this.db, selectExperimentTotals(experimentIds)).map(fromTotalsRecord)
  }

  findExperimentItems(experimentId: string, limit: number): ExperimentRunItem[] {
    this.index.catchUp(CATCH_UP_MILLIS)
    return readRows(this.db, selectExperimentItems(experimentId, limit)).map(fromRunItemRecord)
  }

  readCharts(query: ChartQuery): Charts {
    this.index.catchUp(CATCH_UP_MILLIS)
    return readCharts(this.db, query)
  }

  onChange(listener: (change: TracesChange) => void): () => void {
    return this.index.onChange(listener)
  }

  /** Stops the work in the background; to be called before the connection is closed. */
  close(): void {
    this.index.close()
  }
}
