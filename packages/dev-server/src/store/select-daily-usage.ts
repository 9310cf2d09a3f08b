import { compileCondition, type SqlCondition } from './compile-condition.js'
import type { DailyQuery, DailyUsage } from './daily-metrics.js'
import { type ColumnTable, LEGACY_OBSERVATION_COLUMNS, LEGACY_TRACE_COLUMNS } from './legacy-columns.js'
import type { ObservationCondition } from './observation-query.js'

const sumOf = (part: string): string =>
  `total((SELECT sum(value) FROM json_each(details, '$.usageDetails') WHERE key LIKE '%${part}%'))`

/**
 * The statement that sums up observations by day and model.
 *
 * @param query Which.
 * @returns The SQL, whose rows {@link fromDailyRecord} reads.
 */
export function selectDailyUsage({ traces, observations, isOfTraces }: DailyQuery): SqlCondition {
  const own = conditionsOf(observations, LEGACY_OBSERVATION_COLUMNS)
  const ofTraces = conditionsOf(traces, LEGACY_TRACE_COLUMNS)
  const joined = isOfTraces ? ` AND trace_id IN (SELECT id FROM legacy_traces WHERE ${ofTraces.sql})` : ''
  return {
    sql: `SELECT ${dateOf('start_millis')}, nullif(details ->> '$.model', ''), ${sumOf('input')}, ${sumOf('output')},
      total(details ->> '$.usageDetails.total'), total(details ->> '$.costDetails.total'), count(*), count(DISTINCT trace_id)
      FROM legacy_observations WHERE ${own.sql}${joined} GROUP BY 1, 2`,
    values: [...own.values, ...(isOfTraces ? ofTraces.values : [])],
  }
}

/**
 * The statement that counts traces by day.
 *
 * @param query Which.
 * @returns The SQL, whose columns are the day and the number.
 */
export function selectDailyTraces({ traces }: DailyQuery): SqlCondition {
  const { sql, values } = conditionsOf(traces, LEGACY_TRACE_COLUMNS)
  return { sql: `SELECT ${dateOf('timestamp_millis')}, count(*) FROM legacy_traces WHERE ${sql} GROUP BY 1`, values }
}

/**
 * What was used, in a row of {@link selectDailyUsage}.
 *
 * @param row The row, in raw mode.
 * @returns What was used.
 */
export function fromDailyRecord(row: readonly unknown[]): DailyUsage {
  const [date, model, ...figures] = row
  const [inputUsage = 0, outputUsage = 0, totalUsage = 0, totalCostUsd = 0, countObservations = 0, countTraces = 0] =
    figures.map(Number)
  const used = { inputUsage, outputUsage, totalUsage, totalCostUsd, countObservations, countTraces }
  return { date: String(date), model: model === null ? null : String(model), ...used }
}

function conditionsOf(conditions: readonly ObservationCondition[], columns: ColumnTable): SqlCondition {
  const compiled = conditions.map((condition) => compileCondition(condition, columns))
  return {
    sql: ['TRUE', ...compiled.map(({ sql }) => sql)].join(' AND '),
    values: compiled.flatMap(({ values }) => values),
  }
}

function dateOf(millis: string): string {
  return `strftime('%Y-%m-%d', ${millis} / 1000.0, 'unixepoch')`
}
