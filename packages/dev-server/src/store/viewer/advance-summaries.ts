import type { Db } from '../db.js'
import { inTransaction } from '../in-transaction.js'
import { readCount, readRows } from '../read-rows.js'

/** How many traces a step sums up anew because observations were deleted. */
const MAX_STALE_TRACES = 200

/** What a step has done. */
export interface SummaryStep {
  /** How many observations it went on by. */
  readonly rowCount: number
  /** Whether another step would find something. */
  readonly hasMore: boolean
  /** The traces that changed. */
  readonly traceIds: readonly string[]
}

/**
 * Takes the summaries of traces a step further towards the newest observation.
 *
 * What a batch adds up to is added to what is there. That is wrong for an observation that replaced an earlier one, which the batch cannot
 * know; then the count is not that of the observations, and the trace is summed up anew.
 *
 * @param db The connection.
 * @param maxRows How many observations to take at most.
 * @returns What was done; nothing when the summaries are up to date.
 */
export function advanceSummaries(db: Db, maxRows: number): SummaryStep {
  const from = readCount(db, { sql: 'SELECT summarized_to FROM viewer_progress', values: [] })
  const newest = readCount(db, { sql: 'SELECT max(rowid) FROM observations', values: [] })
  const stale = firstColumn(db, 'SELECT trace_id FROM stale_summaries LIMIT ?', [MAX_STALE_TRACES])
  if (newest <= from && stale.length === 0) return { rowCount: 0, hasMore: false, traceIds: [] }
  const upTo = Math.min(newest, from + maxRows)
  const traceIds = new Set(stale)
  inTransaction(db, () => {
    for (const traceId of stale) sumUpAnew(db, traceId, upTo)
    db.prepare(addSql('rowid > ? AND rowid <= ?')).run([from, upTo])
    const touched = firstColumn(db, TOUCHED, [from, upTo])
    for (const traceId of touched) traceIds.add(traceId)
    for (const traceId of firstColumn(db, MISCOUNTED, [from, upTo, upTo])) sumUpAnew(db, traceId, upTo)
    nameTraces(db, [...traceIds])
    db.prepare(`DELETE FROM stale_summaries WHERE trace_id IN (SELECT value FROM json_each(?))`).run([
      JSON.stringify(stale),
    ])
    db.prepare('UPDATE viewer_progress SET summarized_to = ?').run([upTo])
  })
  const hasMore = upTo < newest || stale.length === MAX_STALE_TRACES
  return { rowCount: upTo - from, hasMore, traceIds: [...traceIds] }
}

const TOUCHED = 'SELECT DISTINCT trace_id FROM observations WHERE rowid > ? AND rowid <= ?'

const MISCOUNTED = `SELECT trace_id FROM trace_summaries WHERE trace_id IN (${TOUCHED}) AND observation_count <>
  (SELECT count(*) FROM observations WHERE observations.trace_id = trace_summaries.trace_id AND observations.rowid <= ?)`

function firstColumn(db: Db, sql: string, values: readonly (string | number)[]): string[] {
  return readRows(db, { sql, values }).map(([value]) => String(value))
}

function sumUpAnew(db: Db, traceId: string, upTo: number): void {
  db.prepare('DELETE FROM trace_summaries WHERE trace_id = ?').run([traceId])
  db.prepare(addSql('trace_id = ? AND rowid <= ?')).run([traceId, upTo])
}

/** Adds observations up by trace and adds that to the summaries. */
function addSql(condition: string): string {
  return `
    INSERT INTO trace_summaries
    SELECT trace_id, start_millis, end_millis, observation_count, error_count, warning_count, total_tokens, total_cost,
      root_key, given_name, '', user_id, session_id, '',
      CASE tag_lists WHEN '["[]"]' THEN '[]' ELSE (
        SELECT json_group_array(DISTINCT tag.value) FROM json_each(tag_lists) AS list, json_each(list.value) AS tag
      ) END
    FROM (
      SELECT trace_id, min(start_millis) AS start_millis, max(end_millis) AS end_millis, count(*) AS observation_count,
        sum(level = 'ERROR') AS error_count, sum(level = 'WARNING') AS warning_count,
        total(details ->> '$.usageDetails.total') AS total_tokens, total(details ->> '$.costDetails.total') AS total_cost,
        min(printf('%d%016d%s', 1 - is_root, start_millis, id)) AS root_key, max(trace_name) AS given_name,
        max(user_id) AS user_id, max(session_id) AS session_id, json_group_array(DISTINCT tags) AS tag_lists
      FROM observations WHERE ${condition} GROUP BY trace_id
    ) WHERE TRUE
    ON CONFLICT (trace_id) DO UPDATE SET
      start_millis = min(start_millis, excluded.start_millis), end_millis = max(end_millis, excluded.end_millis),
      observation_count = observation_count + excluded.observation_count,
      error_count = error_count + excluded.error_count, warning_count = warning_count + excluded.warning_count,
      total_tokens = total_tokens + excluded.total_tokens, total_cost = total_cost + excluded.total_cost,
      root_key = min(root_key, excluded.root_key),
      given_name = max(coalesce(given_name, excluded.given_name), coalesce(excluded.given_name, given_name)),
      user_id = max(user_id, excluded.user_id), session_id = max(session_id, excluded.session_id),
      tags = CASE WHEN excluded.tags IN ('[]', tags) THEN tags ELSE (
        SELECT json_group_array(value) FROM (SELECT value FROM json_each(trace_summaries.tags) UNION SELECT value FROM json_each(excluded.tags))
      ) END`
}

/** What the root says of the trace counts before what the others say. */
function nameTraces(db: Db, traceIds: readonly string[]): void {
  db.prepare(`
    UPDATE trace_summaries SET
      name = coalesce(root.trace_name, given_name, root.name), environment = root.environment,
      user_id = coalesce(nullif(root.user_id, ''), trace_summaries.user_id),
      session_id = coalesce(nullif(root.session_id, ''), trace_summaries.session_id)
    FROM observations AS root
    WHERE trace_summaries.trace_id IN (SELECT value FROM json_each(?))
      AND root.trace_id = trace_summaries.trace_id AND root.id = substr(root_key, 18)`).run([JSON.stringify(traceIds)])
}
