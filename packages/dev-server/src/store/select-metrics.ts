import { compileCondition, type SqlCondition } from './compile-condition.js'
import type { Metric, MetricGranularity, MetricQuery } from './metric-query.js'
import { METRIC_VIEWS } from './metric-views.js'
import type { SqlValue } from './sql-value.js'

/**
 * The statement that groups and aggregates what a query asks for.
 *
 * @param query Which figures.
 * @returns The SQL, whose columns are the time if it is asked for, the dimensions and the metrics; figures the engine cannot
 * calculate are all their values, as a JSON array.
 */
export function selectMetrics(query: MetricQuery): SqlCondition {
  const view = METRIC_VIEWS[query.view]
  const columns = [
    ...(query.granularity === undefined
      ? []
      : [{ name: 'time_dimension', sql: bucket(view.time, query.granularity), isGroup: true }]),
    ...query.dimensions.map((name) => ({ name, sql: sqlOf(view.dimensions, name), isGroup: true })),
    ...query.metrics.map((metric) => ({
      name: metricName(metric),
      sql: aggregate(metric.aggregation, sqlOf(view.measures, metric.measure)),
      isGroup: false,
    })),
  ]
  const conditions = query.conditions.map((condition) => compileCondition(condition))
  const where = [view.where, `${view.time} >= ?`, `${view.time} < ?`, ...conditions.map(({ sql }) => sql)].join(' AND ')
  // Columns go by their places: a name of a dimension may be that of a column of the table.
  const groups = columns.flatMap(({ isGroup }, index) => (isGroup ? [index + 1] : []))
  const order = query.orderBy.flatMap(({ field, direction }) => {
    const index = columns.findIndex(({ name }) => name === field)
    return index < 0 ? [] : [`${index + 1} ${direction === 'desc' ? 'DESC' : 'ASC'}`]
  })
  const values: SqlValue[] = [query.fromMillis, query.toMillis, ...conditions.flatMap((condition) => condition.values)]
  const by = [...order, ...groups]
  return {
    sql: `SELECT ${columns.map(({ sql }) => sql).join(', ')} FROM ${view.table} WHERE ${where}
      ${groups.length === 0 ? '' : `GROUP BY ${groups.join(', ')}`}
      ${by.length === 0 ? '' : `ORDER BY ${by.join(', ')}`} LIMIT ?`,
    values: [...values, query.limit],
  }
}

/**
 * Under which key a figure stands.
 *
 * @param metric The figure.
 * @returns The key.
 */
export function metricName({ measure, aggregation }: Metric): string {
  return `${aggregation}_${measure}`
}

function sqlOf(columns: ReadonlyMap<string, { readonly sql: string }>, name: string): string {
  const found = columns.get(name)
  // Whoever read the request has checked the names; this keeps one that slipped through out of the SQL.
  if (found === undefined) throw new RangeError(`${name} is no column of this view`)
  return found.sql
}

function aggregate(aggregation: Metric['aggregation'], sql: string): string {
  switch (aggregation) {
    case 'sum':
      return `total(${sql})`
    case 'avg':
    case 'min':
    case 'max':
    case 'count':
      return `${aggregation}(${sql})`
    case 'uniq':
      return `count(DISTINCT ${sql})`
    default:
      return `json_group_array(${sql})`
  }
}

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

function bucket(time: string, granularity: MetricGranularity): string {
  switch (granularity) {
    case 'minute':
      return `${time} / ${MINUTE} * ${MINUTE}`
    case 'hour':
      return `${time} / ${60 * MINUTE} * ${60 * MINUTE}`
    case 'day':
      return `${time} / ${DAY} * ${DAY}`
    case 'week':
      // The epoch was a Thursday; weeks begin on Mondays.
      return `(${time} + ${3 * DAY}) / ${7 * DAY} * ${7 * DAY} - ${3 * DAY}`
    case 'month':
      return `unixepoch(${time} / 1000, 'unixepoch', 'start of month') * 1000`
  }
}
