import type { ObservationType } from '../../model/observation-type.js'
import type { SqlCondition } from '../compile-condition.js'
import { sqlText } from '../sql-value.js'
import { compileTraceFilter, whereAll } from './compile-trace-filter.js'
import type { TraceListQuery } from './trace-filter.js'
import type { RowScore, TraceRow } from './trace-row.js'

/** Characters of a payload in the list: a column shows less than one line. */
const PAYLOAD_START_LENGTH = 300

/** Scores beside a trace. */
const MAX_ROW_SCORES = 4

/**
 * The statement that reads a page of the list of traces, the newest start first.
 *
 * @param query Which page.
 * @returns The SQL, whose rows {@link fromTraceRowRecord} reads, and the values of its placeholders.
 */
export function selectTraceRows({ filter, after, limit }: TraceListQuery): SqlCondition {
  const conditions = compileTraceFilter(filter)
  if (after !== undefined) {
    conditions.push({ sql: '(start_millis, trace_id) < (?, ?)', values: [after.startMillis, sqlText(after.traceId)] })
  }
  const where = whereAll(conditions)
  return rowsOf({
    sql: `SELECT * FROM trace_summaries ${where.sql} ORDER BY start_millis DESC, trace_id DESC LIMIT ?`,
    values: [...where.values, limit],
  })
}

/**
 * The statement that reads one trace as it stands in the list.
 *
 * @param traceId The trace.
 * @returns The SQL, which gives one row or none, and the values of its placeholders.
 */
export function selectTraceRow(traceId: string): SqlCondition {
  return rowsOf({ sql: 'SELECT * FROM trace_summaries WHERE trace_id = ?', values: [sqlText(traceId)] })
}

/** Roots and scores are looked up for the rows of the page only. */
function rowsOf(page: SqlCondition): SqlCondition {
  return {
    sql: `WITH page AS MATERIALIZED (${page.sql})
      SELECT page.trace_id, page.name, root.type, page.start_millis, page.end_millis, page.observation_count, page.error_count,
        page.warning_count, page.total_tokens, page.total_cost, page.user_id, page.session_id, page.environment, page.tags,
        substr(root.input, 1, ${PAYLOAD_START_LENGTH}), substr(root.output, 1, ${PAYLOAD_START_LENGTH}),
        (SELECT json_group_array(json_array(name, value)) FROM (
          SELECT name, coalesce(string_value, value) AS value FROM scores
          WHERE scores.trace_id = page.trace_id AND data_type <> 'CORRECTION' ORDER BY timestamp_millis DESC, id DESC LIMIT ${MAX_ROW_SCORES}
        ))
      FROM page LEFT JOIN observations AS root ON root.trace_id = page.trace_id AND root.id = substr(page.root_key, 18)
      ORDER BY page.start_millis DESC, page.trace_id DESC`,
    values: page.values,
  }
}

/**
 * A trace of the list from its row. The casts are sound because only the server writes these tables, whose columns are STRICT.
 *
 * @param row A row of {@link selectTraceRows}, in raw mode.
 * @returns The trace.
 */
export function fromTraceRowRecord(row: readonly unknown[]): TraceRow {
  const text = (index: number): string => (row[index] ?? '') as string
  const number = (index: number): number => row[index] as number
  return {
    traceId: text(0),
    name: text(1),
    type: (row[2] ?? 'SPAN') as ObservationType,
    startMillis: number(3),
    durationMillis: number(4) - number(3),
    observationCount: number(5),
    errorCount: number(6),
    warningCount: number(7),
    totalTokens: number(8),
    totalCost: number(9),
    userId: text(10),
    sessionId: text(11),
    environment: text(12),
    tags: JSON.parse(text(13)) as string[],
    inputStart: text(14),
    outputStart: text(15),
    scores: (JSON.parse(text(16)) as [string, RowScore['value']][]).map(([name, value]) => ({ name, value })),
  }
}
