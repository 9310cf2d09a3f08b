import { compileCondition, type SqlCondition } from './compile-condition.js'
import { SCORE_FILTER_COLUMNS } from './score-filter-columns.js'
import type { ScoreQuery } from './score-query.js'
import { SCORE_COLUMNS } from './score-record.js'
import { type SqlValue, sqlText } from './sql-value.js'

/**
 * The statement that reads the scores a query asks for, newest first.
 *
 * @param query What to read.
 * @returns The SQL and the values of its placeholders.
 */
export function selectScores(query: ScoreQuery): SqlCondition {
  const conditions = [
    anyOf('id', query.ids),
    anyOf('name', query.names),
    anyOf('source', query.sources),
    anyOf('data_type', query.dataTypes),
    anyOf('environment', query.environments),
    anyOf('config_id', query.configIds),
    anyOf('queue_id', query.queueIds),
    anyOf('author_user_id', query.authorUserIds),
    anyOf('trace_id', query.traceIds),
    anyOf('session_id', query.sessionIds),
    anyOf('observation_id', query.observationIds),
    anyOf('dataset_run_id', query.datasetRunIds),
    anyOf('value', query.numbers),
    anyOf('string_value', query.strings),
    compare('value >= ?', query.minValue),
    compare('value <= ?', query.maxValue),
    compare('timestamp_millis >= ?', query.fromMillis),
    compare('timestamp_millis < ?', query.toMillis),
    ...(query.conditions ?? []).map((condition) => compileCondition(condition, SCORE_FILTER_COLUMNS)),
    query.after && {
      sql: '(timestamp_millis, id) < (?, ?)',
      values: [query.after.timestampMillis, sqlText(query.after.id)],
    },
  ].filter((condition) => condition !== undefined)
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`
  return {
    sql: `SELECT ${SCORE_COLUMNS.join(', ')} FROM scores ${where} ORDER BY timestamp_millis DESC, id DESC LIMIT ?`,
    values: [...conditions.flatMap(({ values }) => values), query.limit],
  }
}

function anyOf(column: string, values: readonly (string | number)[] | undefined): SqlCondition | undefined {
  if (values === undefined) return undefined
  const bound: SqlValue[] = values.map((value) => (typeof value === 'string' ? sqlText(value) : value))
  return { sql: `${column} IN (${values.map(() => '?').join(', ')})`, values: bound }
}

function compare(sql: string, value: number | undefined): SqlCondition | undefined {
  return value === undefined ? undefined : { sql, values: [value] }
}
