import type { SqlCondition } from '../compile-condition.js'
import { sqlText } from '../sql-value.js'

/** The names of the columns in the JSON, and what they are made of. */
const COLUMNS: Readonly<Record<string, string>> = {
  ids: 'id',
  parentIds: 'parent_id',
  startOffsetsMillis: 'start_millis - first_millis',
  durationsMillis: 'end_millis - start_millis',
  types: 'type',
  names: 'name',
  levels: "iif(level = 'DEFAULT', '', level)",
  models: "coalesce(details ->> '$.model', '')",
  totalTokens: "coalesce(details ->> '$.usageDetails.total', 0)",
  totalCosts: "coalesce(details ->> '$.costDetails.total', 0)",
  firstTokenMillis: "coalesce((details ->> '$.completionStartMillis') - start_millis, -1)",
}

/**
 * The statement that reads the observations of a trace as {@link TraceColumns}. SQLite writes the JSON itself: that takes half the time
 * of bringing the rows here, and they would become JSON anyway.
 *
 * @param traceId The trace.
 * @returns The SQL, which gives one row with one text, and the values of its placeholders.
 */
export function selectTraceColumns(traceId: string): SqlCondition {
  const columns = Object.entries(COLUMNS).map(([name, sql]) => `"${name}":' || json_group_array(${sql}) || '`)
  return {
    sql: `SELECT '{${columns.join(',')}}' FROM (
        SELECT * FROM observations, (SELECT min(start_millis) AS first_millis FROM observations WHERE trace_id = ?1)
        WHERE trace_id = ?1 ORDER BY start_millis, id
      )`,
    values: [sqlText(traceId)],
  }
}
