import type { SqlCondition } from '../compile-condition.js'
import { sqlText } from '../sql-value.js'
import type { SessionTurn, TurnQuery } from './session-row.js'

/** Characters of a payload in a conversation. A request that repeats the history is longer than what is new in it, so this is much. */
const MAX_PAYLOAD_LENGTH = 200_000

/** Scores beside a turn. */
const MAX_TURN_SCORES = 6

/**
 * The statement that reads traces of a session, the newest first.
 *
 * @param query Which of them.
 * @returns The SQL, whose rows {@link fromTurnRecord} reads, and the values of its placeholders.
 */
export function selectSessionTurns({ sessionId, before, limit }: TurnQuery): SqlCondition {
  const position = before === undefined ? '' : 'AND (start_millis, trace_id) < (?, ?)'
  return {
    sql: `WITH page AS MATERIALIZED (
        SELECT * FROM trace_summaries WHERE session_id = ? AND session_id <> '' ${position}
        ORDER BY start_millis DESC, trace_id DESC LIMIT ?
      )
      SELECT page.trace_id, page.name, page.start_millis, page.end_millis, page.error_count,
        coalesce(root.details ->> '$.statusMessage', ''), page.total_tokens, page.total_cost, page.user_id,
        substr(root.input, 1, ${MAX_PAYLOAD_LENGTH}), substr(root.output, 1, ${MAX_PAYLOAD_LENGTH}),
        (SELECT json_group_array(json_array(name, value)) FROM (
          SELECT name, coalesce(string_value, value) AS value FROM scores
          WHERE scores.trace_id = page.trace_id AND data_type <> 'CORRECTION' ORDER BY timestamp_millis DESC, id DESC LIMIT ${MAX_TURN_SCORES}
        ))
      FROM page LEFT JOIN observations AS root ON root.trace_id = page.trace_id AND root.id = substr(page.root_key, 18)
      ORDER BY page.start_millis DESC, page.trace_id DESC`,
    values: [sqlText(sessionId), ...(before === undefined ? [] : [before.startMillis, sqlText(before.traceId)]), limit],
  }
}

/**
 * A turn from its row. The casts are sound because only the server writes these tables, whose columns are STRICT.
 *
 * @param row A row of {@link selectSessionTurns}, in raw mode.
 * @returns The turn.
 */
export function fromTurnRecord(row: readonly unknown[]): SessionTurn {
  const text = (index: number): string => (row[index] ?? '') as string
  const number = (index: number): number => row[index] as number
  return {
    traceId: text(0),
    name: text(1),
    startMillis: number(2),
    durationMillis: number(3) - number(2),
    errorCount: number(4),
    statusMessage: text(5),
    totalTokens: number(6),
    totalCost: number(7),
    userId: text(8),
    input: text(9),
    output: text(10),
    scores: (JSON.parse(text(11)) as [string, number | string][]).map(([name, value]) => ({ name, value })),
  }
}
