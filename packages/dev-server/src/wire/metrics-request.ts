import * as v from 'valibot'
import { AGGREGATIONS, type MetricGranularity, type MetricQuery, type MetricView } from '../store/metric-query.js'
import { METRIC_VIEWS } from '../store/metric-views.js'
import { invalidRequest } from './api-error.js'
import { DateTime } from './date-time.js'
import { FILTER_COLUMNS, type FilterColumn } from './filter-columns.js'
import { parseObservationFilter } from './observation-filter.js'
import { parseRequest, type QueryParams } from './parse-request.js'

const VIEWS = ['observations', 'scores-numeric', 'scores-boolean', 'scores-categorical'] as const

const Query = v.object({
  view: v.picklist(VIEWS),
  dimensions: v.optional(v.array(v.object({ field: v.string() })), []),
  metrics: v.pipe(
    v.array(v.object({ measure: v.string(), aggregation: v.picklist(AGGREGATIONS) })),
    v.check((metrics) => metrics.length > 0, 'At least one metric must be provided'),
  ),
  filters: v.optional(v.array(v.unknown()), []),
  timeDimension: v.nullish(v.object({ granularity: v.picklist(['auto', 'minute', 'hour', 'day', 'week', 'month']) })),
  fromTimestamp: DateTime,
  toTimestamp: DateTime,
  orderBy: v.nullish(v.array(v.object({ field: v.string(), direction: v.picklist(['asc', 'desc']) }))),
  config: v.optional(
    v.object({
      bins: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)), 10),
      row_limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)), 100),
    }),
    {},
  ),
})

/** Dimensions that filters of observations know under other names. */
const MORE_COLUMNS: readonly (readonly [string, string])[] = [
  ['traceRelease', 'release'],
  ['traceVersion', 'version'],
]

/**
 * Reads the parameter `query` of `GET /api/public/v2/metrics`.
 *
 * @param params The query parameters.
 * @returns What is asked for.
 * @throws {ApiError} 400 if it is no such query, or names what the view does not have.
 */
export function parseMetricsRequest(params: QueryParams): MetricQuery {
  const parsed = parseRequest(Query, parseQueryJson(params.query), ['query'])
  const { view, dimensions, metrics, fromTimestamp, toTimestamp, timeDimension, config } = parsed
  if (toTimestamp <= fromTimestamp) throw invalidRequest('toTimestamp must be after fromTimestamp')
  const fields = dimensions.map(({ field }) => field)
  for (const field of fields) requireColumn(METRIC_VIEWS[view].dimensions, field, 'dimension', view)
  for (const { measure } of metrics) requireColumn(METRIC_VIEWS[view].measures, measure, 'measure', view)
  const names = ['time_dimension', ...fields, ...metrics.map((metric) => `${metric.aggregation}_${metric.measure}`)]
  const orderBy = parsed.orderBy ?? []
  for (const { field } of orderBy) {
    if (!names.includes(field))
      throw invalidRequest(`Invalid orderBy field: ${field}. Must be one of ${names.join(', ')}`)
  }
  return {
    view,
    dimensions: [...new Set(fields)],
    granularity: granularity(timeDimension?.granularity, toTimestamp - fromTimestamp),
    metrics,
    conditions: parseObservationFilter(JSON.stringify(filtersOf(view, parsed.filters)), metricColumns()),
    fromMillis: fromTimestamp,
    toMillis: toTimestamp,
    orderBy,
    limit: config.row_limit ?? 100,
    bins: config.bins ?? 10,
  }
}

function parseQueryJson(query: QueryParams[string] | undefined): unknown {
  try {
    return JSON.parse(typeof query === 'string' ? query : '')
  } catch {
    throw invalidRequest('Invalid JSON in query parameter')
  }
}

function requireColumn(columns: ReadonlyMap<string, unknown>, name: string, kind: string, view: MetricView): void {
  if (columns.has(name)) return
  throw invalidRequest(`Invalid ${kind} ${name}. Must be one of ${[...columns.keys()].join(', ')} for view ${view}`)
}

function filtersOf(view: MetricView, filters: readonly unknown[]): readonly unknown[] {
  if (view === 'observations' || filters.length === 0) return filters
  throw invalidRequest('The dev-server filters metrics of observations only: leave out the filters of scores')
}

function metricColumns(): ReadonlyMap<string, FilterColumn> {
  const more = MORE_COLUMNS.flatMap(([name, known]) => {
    const column = FILTER_COLUMNS.get(known)
    return column === undefined ? [] : [[name, column] as const]
  })
  return new Map([...FILTER_COLUMNS, ...more])
}

const HOUR_MILLIS = 3_600_000

/** What `auto` means: the finest that makes a chart, and not a wall, of the time asked for. */
function granularity(asked: MetricGranularity | 'auto' | undefined, spanMillis: number): MetricGranularity | undefined {
  if (asked !== 'auto') return asked
  if (spanMillis <= 2 * HOUR_MILLIS) return 'minute'
  if (spanMillis <= 72 * HOUR_MILLIS) return 'hour'
  if (spanMillis <= 60 * 24 * HOUR_MILLIS) return 'day'
  return spanMillis <= 366 * 24 * HOUR_MILLIS ? 'week' : 'month'
}
