import type { Db } from '../db.js'
import { readRows } from '../read-rows.js'
import type { ChartDimension, ChartQuery } from './chart.js'

/** What the charts are drawn from: rows of `name`, `start_millis`, `duration`, `failed`, `tokens` and `cost`. */
interface ChartSource {
  readonly table: string
  readonly columns: string
  readonly condition: string
  /** Rows that are looked at, the newest: a trace has its sums ready, of an observation JSON must be read. */
  readonly maxRows: number
}

const SOURCES: Readonly<Record<ChartDimension, ChartSource>> = {
  name: {
    table: 'trace_summaries',
    columns:
      'name, start_millis, end_millis - start_millis AS duration, error_count > 0 AS failed, total_tokens AS tokens, total_cost AS cost',
    condition: 'TRUE',
    maxRows: 300_000,
  },
  model: {
    table: 'observations',
    columns: `details ->> '$.model' AS name, start_millis, end_millis - start_millis AS duration, level = 'ERROR' AS failed,
      details ->> '$.usageDetails.total' AS tokens, details ->> '$.costDetails.total' AS cost`,
    condition: "details ->> '$.model' <> ''",
    maxRows: 150_000,
  },
}

/** The rows of a query. */
export interface ChartWindow {
  /** A statement in parentheses that gives them; its placeholders are `?1` for the start and `?2` for the end. */
  readonly sql: string
  readonly fromMillis: number
  /** Exclusive. */
  readonly toMillis: number
  /** Whether there are older ones in the time that was asked for, which are left out. */
  readonly isPartial: boolean
}

/**
 * Finds out which rows the charts are drawn from: those in the time that was asked for, but no more than can be read while someone waits.
 *
 * @param db The connection.
 * @param query Which charts.
 * @returns The rows; undefined when there are none.
 */
export function chartWindow(db: Db, query: ChartQuery): ChartWindow | undefined {
  const { fromMillis, toMillis } = query
  const { table, columns, condition, maxRows: fewEnough } = SOURCES[query.by]
  const maxRows = query.maxRows ?? fewEnough
  const asked = [fromMillis ?? Number.MIN_SAFE_INTEGER, toMillis ?? Number.MAX_SAFE_INTEGER] as const
  const within = 'start_millis >= ?1 AND start_millis < ?2'
  const [tooOld] = readRows(db, {
    sql: `SELECT start_millis FROM ${table} WHERE ${within} ORDER BY start_millis DESC LIMIT 1 OFFSET ?3`,
    values: [...asked, maxRows],
  })
  const from = tooOld === undefined ? asked[0] : Number(tooOld[0]) + 1
  const [extent] = readRows(db, {
    sql: `SELECT (SELECT min(start_millis) FROM ${table} WHERE ${within}), (SELECT max(start_millis) FROM ${table} WHERE ${within})`,
    values: [from, asked[1]],
  })
  if (typeof extent?.[0] !== 'number') return undefined
  return {
    sql: `(SELECT ${columns} FROM ${table} WHERE ${within} AND ${condition})`,
    fromMillis: tooOld === undefined ? (fromMillis ?? extent[0]) : from,
    toMillis: toMillis ?? Number(extent[1]) + 1,
    isPartial: tooOld !== undefined,
  }
}
