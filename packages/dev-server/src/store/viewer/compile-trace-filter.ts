import type { SqlCondition } from '../compile-condition.js'
import { type SqlValue, sqlText } from '../sql-value.js'
import { searchExpression, searchPhrases } from './search-expression.js'
import type { ScoreCondition, TraceFilter } from './trace-filter.js'

/** How many observations that match a search are looked at, the newest first: a common word must not read the whole file. */
const MAX_SEARCH_MATCHES = 10_000

/** How many of the newest observations that are not in the index yet are searched without it. */
const MAX_UNINDEXED_ROWS = 20_000

/**
 * The conditions of a filter on the table `trace_summaries`.
 *
 * @param filter The filter.
 * @returns Conditions that must all hold; every value from outside is a placeholder.
 */
export function compileTraceFilter(filter: TraceFilter): SqlCondition[] {
  return [
    ...compare('start_millis >= ?', filter.fromMillis),
    ...compare('start_millis < ?', filter.toMillis),
    ...anyOf('name', filter.names),
    ...anyOf('user_id', filter.userIds, " AND user_id <> ''"),
    ...anyOf('session_id', filter.sessionIds, " AND session_id <> ''"),
    ...anyOf('environment', filter.environments),
    ...filter.tags.map((tag) => ({
      sql: 'EXISTS (SELECT 1 FROM json_each(trace_summaries.tags) WHERE value = ?)',
      values: [sqlText(tag)],
    })),
    ...(filter.level === undefined ? [] : [{ sql: LEVEL_CONDITIONS[filter.level], values: [] }]),
    ...filter.scores.map(scoreCondition),
    ...(filter.text === undefined ? [] : [textCondition(filter.text)]),
  ]
}

/**
 * Joins conditions to a WHERE clause.
 *
 * @param conditions All must hold.
 * @returns The clause, which is empty when there are none.
 */
export function whereAll(conditions: readonly SqlCondition[]): SqlCondition {
  return {
    sql: conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`,
    values: conditions.flatMap(({ values }) => values),
  }
}

const LEVEL_CONDITIONS = {
  ERROR: 'error_count > 0',
  WARNING: '(warning_count > 0 OR error_count > 0)',
} as const

function compare(sql: string, value: number | undefined): SqlCondition[] {
  return value === undefined ? [] : [{ sql, values: [value] }]
}

/** The guard says what the partial index says, which lets the planner use it. */
function anyOf(column: string, values: readonly string[], guard = ''): SqlCondition[] {
  if (values.length === 0) return []
  const sql = `(${column} IN (${values.map(() => '?').join(', ')})${values.includes('') ? '' : guard})`
  return [{ sql, values: values.map(sqlText) }]
}

function scoreCondition({ name, comparison }: ScoreCondition): SqlCondition {
  const [sql, values] = comparison === undefined ? ['', []] : compareScore(comparison)
  return {
    sql: `EXISTS (SELECT 1 FROM scores WHERE scores.trace_id = trace_summaries.trace_id AND scores.name = ?${sql})`,
    values: [sqlText(name), ...values],
  }
}

function compareScore({ operator, value }: NonNullable<ScoreCondition['comparison']>): [string, SqlValue[]] {
  // The number of a text score is 0, and must not pass for one.
  if (typeof value === 'number')
    return [` AND scores.value ${operator} ? AND data_type IN ('NUMERIC', 'BOOLEAN')`, [value]]
  return [' AND scores.string_value = ?', [sqlText(value)]]
}

function textCondition(text: string): SqlCondition {
  const byName = { sql: 'trace_id = ? OR instr(lower(name), lower(?)) > 0', values: [sqlText(text), sqlText(text)] }
  const expression = searchExpression(text)
  if (expression === undefined) return { sql: `(${byName.sql})`, values: byName.values }
  const words = searchPhrases(text).map((phrase) => phrase.toLowerCase())
  const hasAll = words.map(() => "instr(lower(input || ' ' || output), ?) > 0").join(' AND ')
  return {
    sql: `(${byName.sql} OR trace_id IN (
        SELECT observations.trace_id FROM (
          SELECT rowid AS match FROM observation_text WHERE observation_text MATCH ? ORDER BY rowid DESC LIMIT ${MAX_SEARCH_MATCHES}
        ) CROSS JOIN observations ON observations.rowid = match
      ) OR trace_id IN (
        SELECT trace_id FROM (
          SELECT trace_id, input, output FROM observations
          WHERE rowid > (SELECT searchable_to FROM viewer_progress) ORDER BY rowid DESC LIMIT ${MAX_UNINDEXED_ROWS}
        ) WHERE ${hasAll}
      ))`,
    values: [...byName.values, expression, ...words],
  }
}
