import { compileCondition, type SqlCondition } from './compile-condition.js'
import type { ObservationPosition, ObservationQuery } from './observation-query.js'
import { selectList } from './observation-record.js'
import { sqlText } from './sql-value.js'
import { xxHash32 } from './xx-hash-32.js'

/**
 * The statement that reads what a query asks for, in Langfuse's order: start time, xxHash32 of the trace id, id, all
 * descending, or, oldest first, all ascending.
 *
 * It finds the page first and reads its rows second: where no index has the order, such as for a list of trace ids, only keys
 * are sorted, and not inputs and outputs with them.
 *
 * @param query What to read.
 * @returns The SQL and the values of its placeholders.
 */
export function selectObservations(query: ObservationQuery): SqlCondition {
  const conditions = query.conditions.map((condition) => compileCondition(condition))
  const [direction, comparison] = query.order === 'oldest' ? (['ASC', '>'] as const) : (['DESC', '<'] as const)
  if (query.after !== undefined) conditions.push(following(query.after, comparison))
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`
  const order = `ORDER BY start_millis ${direction}, trace_hash ${direction}, id ${direction}`
  return {
    // CROSS JOIN is how SQLite is told to go through the page in its order and look up the rows one by one.
    sql: `SELECT ${selectList(query.parts)} FROM (SELECT rowid AS page_rowid FROM observations ${where} ${order} LIMIT ?)
      CROSS JOIN observations ON observations.rowid = page_rowid`,
    values: [...conditions.flatMap(({ values }) => values), query.limit],
  }
}

function following({ startTimeMillis, traceId, id }: ObservationPosition, comparison: '<' | '>'): SqlCondition {
  return {
    sql: `(start_millis, trace_hash, id) ${comparison} (?, ?, ?)`,
    values: [startTimeMillis, xxHash32(sqlText(traceId)), sqlText(id)],
  }
}
