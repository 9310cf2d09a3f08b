import type { SqlCondition } from '../compile-condition.js'
import { sqlText } from '../sql-value.js'
import type { SessionQuery, SessionRow } from './session-row.js'

/** Characters of the first input: a column shows less than one line. */
const INPUT_START_LENGTH = 300

/** Scores beside a session. */
const MAX_ROW_SCORES = 4

/** Users named beside a session. */
const MAX_ROW_USERS = 5

/**
 * The statement that reads a page of the list of sessions, the one with the newest trace first.
 *
 * Finding the page reads the index of sessions and nothing else; what their traces add up to is read for the page only.
 *
 * @param query Which page.
 * @returns The SQL, whose rows {@link fromSessionRecord} reads, and the values of its placeholders.
 */
export function selectSessions(query: SessionQuery): SqlCondition {
  const { sessionId, fromMillis, toMillis, text, after } = query
  const conditions: SqlCondition[] = [
    { sql: "session_id <> ''", values: [] },
    ...(sessionId === undefined ? [] : [{ sql: 'session_id = ?', values: [sqlText(sessionId)] }]),
    ...(fromMillis === undefined ? [] : [{ sql: 'start_millis >= ?', values: [fromMillis] }]),
    ...(toMillis === undefined ? [] : [{ sql: 'start_millis < ?', values: [toMillis] }]),
    ...(text === undefined ? [] : [{ sql: HAS_TEXT, values: [sqlText(text), sqlText(text)] }]),
  ]
  const having =
    after === undefined
      ? { sql: '', values: [] }
      : {
          sql: 'HAVING (max(start_millis), session_id) < (?, ?)',
          values: [after.newestMillis, sqlText(after.sessionId)],
        }
  return {
    sql: `WITH page AS MATERIALIZED (
        SELECT session_id AS page_id, max(start_millis) AS newest_millis FROM trace_summaries
        WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}
        GROUP BY session_id ${having.sql} ORDER BY newest_millis DESC, session_id DESC LIMIT ?
      )
      SELECT page_id, min(start_millis), newest_millis, max(end_millis), count(*), sum(error_count > 0), total(total_tokens),
        total(total_cost), json_group_array(DISTINCT user_id) FILTER (WHERE user_id <> ''),
        (SELECT substr(root.input, 1, ${INPUT_START_LENGTH}) FROM trace_summaries AS first
          JOIN observations AS root ON root.trace_id = first.trace_id AND root.id = substr(first.root_key, 18)
          WHERE first.session_id = page_id AND first.session_id <> '' ORDER BY first.start_millis, first.trace_id LIMIT 1),
        (SELECT json_group_array(json_array(name, value)) FROM (
          SELECT name, coalesce(string_value, value) AS value FROM scores
          WHERE scores.session_id = page_id AND data_type <> 'CORRECTION' ORDER BY timestamp_millis DESC, id DESC LIMIT ${MAX_ROW_SCORES}
        ))
      FROM page CROSS JOIN trace_summaries ON session_id = page_id AND session_id <> ''
      GROUP BY page_id ORDER BY newest_millis DESC, page_id DESC`,
    values: [...conditions.flatMap(({ values }) => values), ...having.values, query.limit],
  }
}

const HAS_TEXT = '(instr(lower(session_id), lower(?)) > 0 OR instr(lower(user_id), lower(?)) > 0)'

/**
 * A session of the list from its row. The casts are sound because only the server writes these tables, whose columns are STRICT.
 *
 * @param row A row of {@link selectSessions}, in raw mode.
 * @returns The session.
 */
export function fromSessionRecord(row: readonly unknown[]): SessionRow {
  const number = (index: number): number => row[index] as number
  return {
    sessionId: row[0] as string,
    startMillis: number(1),
    newestMillis: number(2),
    endMillis: number(3),
    traceCount: number(4),
    errorCount: number(5),
    totalTokens: number(6),
    totalCost: number(7),
    userIds: (JSON.parse(row[8] as string) as string[]).slice(0, MAX_ROW_USERS),
    inputStart: (row[9] ?? '') as string,
    scores: (JSON.parse(row[10] as string) as [string, number | string][]).map(([name, value]) => ({ name, value })),
  }
}
