import { compileCondition, type SqlCondition } from './compile-condition.js'
import type { Metric, MetricGranularity, MetricQuery } from './metric-query.js'
import type { MetricDimension, MetricMeasure, MetricView } from './metric-view.js'
import { METRIC_VIEWS } from './metric-views.js'

/**
 * The statement that groups and aggregates what a query asks for.
 *
 * @param query Which figures.
 * @returns The SQL, whose columns are the time if it is asked for, the dimensions and the metrics; figures the engine cannot
 * calculate are all their values, as a JSON array.
 */
export function selectMetrics(query: MetricQuery): SqlCondition {
  const view = METRIC_VIEWS[query.view]
  const columns = columnsOf(query, view)
  const conditions = query.conditions.map((condition) => compileCondition(condition, filterColumns(view)))
  const measures = query.metrics.map(({ measure }) => find(view.measures, measure))
  const where = [
    view.where,
    `${view.time.sql} >= ?1 AND ${view.time.sql} <= ?2`,
    ...measures.flatMap((measure) => measure.where ?? []),
    ...conditions.map(({ sql }) => sql),
  ].join(' AND ')
  // Columns go by their places: a name of a dimension may be that of a column of the table.
  const groups = columns.flatMap(({ isGroup }, index) => (isGroup ? [index + 1] : []))
  const order = query.orderBy.flatMap(({ field, direction }) => {
    const index = columns.findIndex(({ name }) => name === field)
    return index < 0 ? [] : [`${index + 1} ${direction === 'desc' ? 'DESC' : 'ASC'}`]
  })
  const by = [...order, ...groups]
  return {
    // A plain placeholder takes the number after the highest one so far, hence the window at the very front.
    sql: `WITH asked AS (SELECT ?1, ?2) SELECT ${columns.map(({ sql }) => sql).join(', ')}
      FROM ${view.table} ${joinsOf(query, view).join(' ')} WHERE ${where}
      ${groups.length === 0 ? '' : `GROUP BY ${groups.join(', ')}`}
      ${by.length === 0 ? '' : `ORDER BY ${by.join(', ')}`} LIMIT ?`,
    values: [query.fromMillis, query.toMillis, ...conditions.flatMap(({ values }) => values), query.limit],
  }
}

interface SelectedColumn {
  readonly name: string
  readonly sql: string
  readonly isGroup: boolean
}

function columnsOf({ granularity, dimensions, metrics }: MetricQuery, view: MetricView): SelectedColumn[] {
  const groups = [
    ...(granularity === undefined ? [] : [{ name: 'time_dimension', sql: bucket(view.time.sql, granularity) }]),
    ...dimensions.map((name) => ({ name, sql: shownSql(find(view.dimensions, name)) })),
  ]
  const figures = metrics.map((metric) => {
    const measure = find(view.measures, metric.measure)
    return { name: metricName(metric), sql: aggregate(metric.aggregation, measure) }
  })
  const counted = figures.length === 0 ? [{ name: 'count', sql: 'count(*)' }] : figures
  return [
    ...groups.map((group) => ({ ...group, isGroup: true })),
    ...counted.map((figure) => ({ ...figure, isGroup: false })),
  ]
}

function shownSql({ sql, emptyIsNull }: MetricDimension): string {
  return emptyIsNull === true ? `nullif(${sql}, '')` : sql
}

/** Each join that a dimension needs, shown or filtered on, once; the values of a list are only taken apart to be shown. */
function joinsOf({ dimensions, conditions }: MetricQuery, view: MetricView): string[] {
  const shown = dimensions.map((name) => find(view.dimensions, name).join)
  const filtered = conditions.map(({ column }) => {
    const dimension = view.dimensions.get(column)
    return dimension?.isEach === true ? undefined : dimension?.join
  })
  const names = new Set([...shown, ...filtered].filter((join) => join !== undefined))
  return [...names].map((join) => view.joins[join] ?? '')
}

/** What conditions of a view can name. */
function filterColumns({ dimensions, time, metadata }: MetricView): Parameters<typeof compileCondition>[1] {
  const columns = [...dimensions].map(([name, { sql, filterSql = sql, emptyIsNull }]) => {
    return [name, { sql: filterSql, ...(emptyIsNull === true && { emptyIsNull }) }] as const
  })
  return { ...Object.fromEntries(columns), [time.name]: { sql: time.sql }, metadata: { sql: metadata } }
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

/**
 * Whether the engine gives all values of a figure instead of the figure.
 *
 * @param aggregation How the values of a group become one.
 * @returns True for quantiles and histograms.
 */
export function isCalculatedHere(aggregation: Metric['aggregation']): boolean {
  return /^(?:p\d\d|histogram)$/.test(aggregation)
}

function find<T>(columns: ReadonlyMap<string, T>, name: string): T {
  const found = columns.get(name)
  // Whoever read the request has checked the names; this keeps one that slipped through out of the SQL.
  if (found === undefined) throw new RangeError(`${name} is no column of this view`)
  return found
}

function aggregate(aggregation: Metric['aggregation'], { sql, isNullable }: MetricMeasure): string {
  switch (aggregation) {
    case 'sum':
      // Of nothing it is 0, unless there could have been nothing in a row that is there.
      return `${isNullable === true ? 'sum' : 'total'}(${sql})`
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
