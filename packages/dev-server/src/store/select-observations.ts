import { compileCondition, type SqlCondition } from './compile-condition.js'
import type { ObservationPosition, ObservationQuery } from './observation-query.js'
import { selectList } from './observation-record.js'
import { sqlText } from './sql-value.js'
import { xxHash32 } from './xx-hash-32.js'

/**
 * The statement that reads what a query asks for, in Langfuse's order: start time, xxHash32 of the trace id, id, all
 * descending, or, oldest first, all ascending.
 *
 * @param query What to read.
 * @returns The SQL and the values of its placeholders.
 */
export function selectObservations(query: ObservationQuery): SqlCondition {
  const conditions = query.conditions.map(compileCondition)
  const [direction, comparison] = query.order === 'oldest' ? (['ASC', '>'] as const) : (['DESC', '<'] as const)
  if (query.after !== undefined) conditions.push(following(query.after, comparison))
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`
  return {
    sql: `SELECT ${selectList(query.parts)} FROM observations ${where} ORDER BY start_millis ${direction}, trace_hash ${direction}, id ${direction} LIMIT ?`,
    values: [...conditions.flatMap(({ values }) => values), query.limit],
  }
}

function following({ startTimeMillis, traceId, id }: ObservationPosition, comparison: '<' | '>'): SqlCondition {
  return {
    sql: `(start_millis, trace_hash, id) ${comparison} (?, ?, ?)`,
    values: [startTimeMillis, xxHash32(sqlText(traceId)), sqlText(id)],
  }
}
