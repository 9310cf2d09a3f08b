import { OBSERVATION_LEVELS } from '../model/observation-level.js'
import type { SqlCondition } from './compile-condition.js'
import { sqlText } from './sql-value.js'
import type { TraceQuery } from './trace-query.js'

/** Characters of a payload that a summary has: a list shows less than one line. */
const PAYLOAD_START_LENGTH = 1000

/**
 * The statement that sums up a page of traces, newest first.
 *
 * A trace stands where its newest observation does. Finding the page looks at every entry of one narrow index, about 20 ms for
 * 100 000 observations; only the rows of the traces that stand on it are read.
 *
 * @param query Which page.
 * @returns The SQL, whose rows {@link fromTraceRecord} reads, and the values of its placeholders.
 */
export function selectTraces({ after, limit }: TraceQuery): SqlCondition {
  const following = after === undefined ? '' : 'HAVING (newest_millis, trace_id) < (?, ?)'
  return sumUp({
    sql: `SELECT trace_id, max(start_millis) AS newest_millis FROM observations GROUP BY trace_id ${following}
      ORDER BY newest_millis DESC, trace_id DESC LIMIT ?`,
    values: [...(after === undefined ? [] : [after.newestStartMillis, sqlText(after.traceId)]), limit],
  })
}

/**
 * The statement that sums up one trace.
 *
 * @param traceId The trace.
 * @returns The SQL, which gives one row or none, and the values of its placeholders.
 */
export function selectTrace(traceId: string): SqlCondition {
  return sumUp({
    sql: `SELECT trace_id, max(start_millis) AS newest_millis FROM observations WHERE trace_id = ? GROUP BY trace_id`,
    values: [sqlText(traceId)],
  })
}

/** Severities are places in the list of levels, which runs from the least to the worst. */
const SEVERITY = `CASE level ${OBSERVATION_LEVELS.map((level, index) => `WHEN '${level}' THEN ${index}`).join(' ')} END`

function sumUp(page: SqlCondition): SqlCondition {
  return {
    sql: `WITH page AS MATERIALIZED (${page.sql}),
      sums AS MATERIALIZED (
        SELECT trace_id, count(*) AS observation_count, min(start_millis) AS start_millis, max(end_millis) AS end_millis,
          max(${SEVERITY}) AS severity, total(details ->> '$.costDetails.total') AS total_cost,
          max(trace_name) AS trace_name, max(user_id) AS user_id, max(session_id) AS session_id,
          json_group_array(DISTINCT tags) AS tag_lists
        FROM observations WHERE trace_id IN (SELECT trace_id FROM page) GROUP BY trace_id
      )
      SELECT page.trace_id, coalesce(root.trace_name, sums.trace_name, root.name), sums.start_millis, page.newest_millis,
        sums.end_millis, sums.severity, coalesce(nullif(root.user_id, ''), sums.user_id),
        coalesce(nullif(root.session_id, ''), sums.session_id), sums.tag_lists,
        substr(root.input, 1, ${PAYLOAD_START_LENGTH}), substr(root.output, 1, ${PAYLOAD_START_LENGTH}),
        sums.total_cost, sums.observation_count
      FROM page JOIN sums ON sums.trace_id = page.trace_id
        JOIN observations AS root ON root.rowid = coalesce(${earliest('is_root = 1')}, ${earliest('TRUE')})
      ORDER BY page.newest_millis DESC, page.trace_id DESC`,
    values: page.values,
  }
}

/** Roots come first nearly always, so the first row of the index usually is the answer. */
function earliest(condition: string): string {
  return `(SELECT first.rowid FROM observations AS first WHERE first.trace_id = page.trace_id AND ${condition} ORDER BY first.start_millis, first.id LIMIT 1)`
}
