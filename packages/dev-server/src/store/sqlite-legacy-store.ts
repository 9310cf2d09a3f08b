import type { LegacyObservation } from '../model/legacy-observation.js'
import type { LegacySession, LegacyTrace } from '../model/legacy-trace.js'
import { compileCondition, type SqlCondition } from './compile-condition.js'
import { type DailyMetrics, type DailyQuery, sumUpDays } from './daily-metrics.js'
import type { Db } from './db.js'
import { inTransaction } from './in-transaction.js'
import {
  type ColumnTable,
  LATENCY_SQL,
  LEGACY_OBSERVATION_COLUMNS,
  LEGACY_SESSION_COLUMNS,
  LEGACY_TRACE_COLUMNS,
  TOTAL_COST_SQL,
} from './legacy-columns.js'
import {
  fromObservationRecord,
  fromSummaryRecord,
  fromTraceRecord,
  LEGACY_OBSERVATION_RECORD,
  LEGACY_TRACE_RECORD,
  toObservationRecord,
  toTraceRecord,
} from './legacy-record.js'
import type { LegacyStore, LegacyTraceOrder, LegacyTraceSummary } from './legacy-store.js'
import type { ObservationCondition } from './observation-query.js'
import { readCount, readRows } from './read-rows.js'
import { fromDailyRecord, selectDailyTraces, selectDailyUsage } from './select-daily-usage.js'
import { sqlText } from './sql-value.js'
import type { PageRange, StoredPage } from './stored-page.js'

const IDS_SQL = `(SELECT json_group_array(id) FROM
    (SELECT id FROM legacy_observations AS o WHERE o.trace_id = legacy_traces.id ORDER BY start_millis, id)),
  (SELECT json_group_array(id) FROM
    (SELECT id FROM scores WHERE scores.trace_id = legacy_traces.id ORDER BY timestamp_millis DESC, id DESC))`
const TRACES = `SELECT ${LEGACY_TRACE_RECORD}, ${LATENCY_SQL}, ${TOTAL_COST_SQL}, ${IDS_SQL} FROM legacy_traces`

const ORDER_COLUMNS: Readonly<Record<LegacyTraceOrder['by'], string>> = {
  timestamp: 'timestamp_millis',
  id: 'id',
  name: 'name',
  userId: 'user_id',
  sessionId: 'session_id',
  release: 'release',
  version: 'version',
}

// The environment is that of the first trace: with min() SQLite takes the other columns from the row that has the minimum.
const SESSIONS = `(SELECT session_id, min(created_millis) AS created_millis, environment FROM legacy_traces
  WHERE session_id <> '' GROUP BY session_id)`

/** Traces and observations of Langfuse 3 in SQLite. */
export class SqliteLegacyStore implements LegacyStore {
  private readonly db: Db
  private readonly selectTrace: ReturnType<Db['prepare']>
  private readonly selectObservation: ReturnType<Db['prepare']>

  /** @param db The connection, which stays the caller's. */
  constructor(db: Db) {
    this.db = db
    this.selectTrace = db.prepare(`SELECT ${LEGACY_TRACE_RECORD} FROM legacy_traces WHERE id = ?`).raw()
    this.selectObservation = db
      .prepare(`SELECT ${LEGACY_OBSERVATION_RECORD} FROM legacy_observations WHERE trace_id = ? AND id = ?`)
      .raw()
  }

  putLegacy(traces: readonly LegacyTrace[], observations: readonly LegacyObservation[]): void {
    const putTrace = this.db.prepare(replaceInto('legacy_traces', LEGACY_TRACE_RECORD))
    const putObservation = this.db.prepare(replaceInto('legacy_observations', LEGACY_OBSERVATION_RECORD))
    inTransaction(this.db, () => {
      for (const trace of traces) putTrace.run(toTraceRecord(trace))
      for (const observation of observations) putObservation.run(toObservationRecord(observation))
    })
  }

  findKnownTrace(id: string): LegacyTrace | undefined {
    // Raw rows are arrays, which is what the typings of the driver do not say; here as below.
    return (this.selectTrace.all([sqlText(id)]) as unknown[][]).map(fromTraceRecord)[0]
  }

  findKnownObservation(traceId: string, id: string): LegacyObservation | undefined {
    const rows = this.selectObservation.all([sqlText(traceId), sqlText(id)]) as unknown[][]
    return rows.map(fromObservationRecord)[0]
  }

  findLegacyTrace(id: string): LegacyTraceSummary | undefined {
    return this.readTraces(where([{ column: 'id', type: 'text', operator: '=', value: id }], LEGACY_TRACE_COLUMNS))[0]
  }

  findLegacyTraces(
    conditions: readonly ObservationCondition[],
    { by, direction }: LegacyTraceOrder,
    { limit, offset }: PageRange,
  ): StoredPage<LegacyTraceSummary> {
    const found = where(conditions, LEGACY_TRACE_COLUMNS)
    const sql = `${found.sql} ORDER BY ${ORDER_COLUMNS[by]} ${direction}, timestamp_millis DESC, id DESC LIMIT ? OFFSET ?`
    return {
      rows: this.readTraces({ sql, values: [...found.values, limit, offset] }),
      total: readCount(this.db, { sql: `SELECT count(*) FROM legacy_traces ${found.sql}`, values: found.values }),
    }
  }

  findLegacyObservations(
    conditions: readonly ObservationCondition[],
    { limit, offset }: PageRange,
  ): StoredPage<LegacyObservation> {
    const found = where(conditions, LEGACY_OBSERVATION_COLUMNS)
    const sql = `SELECT ${LEGACY_OBSERVATION_RECORD} FROM legacy_observations ${found.sql}
      ORDER BY start_millis DESC, id DESC, trace_id DESC LIMIT ? OFFSET ?`
    return {
      rows: readRows(this.db, { sql, values: [...found.values, limit, offset] }).map(fromObservationRecord),
      total: readCount(this.db, { sql: `SELECT count(*) FROM legacy_observations ${found.sql}`, values: found.values }),
    }
  }

  findLegacySessions(
    conditions: readonly ObservationCondition[],
    { limit, offset }: PageRange,
  ): StoredPage<LegacySession> {
    const found = where(conditions, LEGACY_SESSION_COLUMNS)
    const sql = `SELECT session_id, created_millis, environment FROM ${SESSIONS} ${found.sql}
      ORDER BY created_millis DESC, session_id LIMIT ? OFFSET ?`
    return {
      rows: readRows(this.db, { sql, values: [...found.values, limit, offset] }).map(toSession),
      total: readCount(this.db, { sql: `SELECT count(*) FROM ${SESSIONS} ${found.sql}`, values: found.values }),
    }
  }

  findDailyMetrics(query: DailyQuery, range: PageRange): StoredPage<DailyMetrics> {
    const usage = readRows(this.db, selectDailyUsage(query)).map(fromDailyRecord)
    const traces = readRows(this.db, selectDailyTraces(query)).map(
      ([date, count]) => [String(date), Number(count)] as const,
    )
    return sumUpDays(usage, new Map(traces), range)
  }

  private readTraces({ sql, values }: SqlCondition): LegacyTraceSummary[] {
    return readRows(this.db, { sql: `${TRACES} ${sql}`, values }).map(fromSummaryRecord)
  }
}

function replaceInto(table: string, columns: string): string {
  return `INSERT OR REPLACE INTO ${table} (${columns}) VALUES (${columns.replaceAll(/\w+/g, '?')})`
}

function where(conditions: readonly ObservationCondition[], columns: ColumnTable): SqlCondition {
  const compiled = conditions.map((condition) => compileCondition(condition, columns))
  const sql = compiled.length === 0 ? '' : `WHERE ${compiled.map((condition) => condition.sql).join(' AND ')}`
  return { sql, values: compiled.flatMap(({ values }) => values) }
}

/** The casts are sound because the columns are STRICT. */
function toSession(row: readonly unknown[]): LegacySession {
  return { id: row[0] as string, createdAtMillis: row[1] as number, environment: row[2] as string }
}
