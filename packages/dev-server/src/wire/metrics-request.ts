import * as v from 'valibot'
import { AGGREGATIONS, type Metric, type MetricGranularity, type MetricQuery } from '../store/metric-query.js'
import type { MetricView } from '../store/metric-view.js'
import { METRIC_VIEWS } from '../store/metric-views.js'
import { metricName } from '../store/select-metrics.js'
import { invalidData, invalidRequest } from './api-error.js'
import { DateTime } from './date-time.js'
import { FilterCondition } from './filter-condition.js'
import { highCardinalityProblem } from './high-cardinality.js'
import { metricConditions } from './metrics-filter.js'
import { parseRequest, type QueryParams } from './parse-request.js'

const VIEWS = ['observations', 'scores-numeric', 'scores-categorical', 'scores-boolean'] as const

const Base = {
  dimensions: v.optional(v.array(v.object({ field: v.string() })), []),
  metrics: v.array(v.object({ measure: v.string(), aggregation: v.picklist(AGGREGATIONS) })),
  filters: v.optional(v.array(FilterCondition), []),
  timeDimension: v.nullish(v.object({ granularity: v.picklist(['auto', 'minute', 'hour', 'day', 'week', 'month']) })),
  fromTimestamp: DateTime,
  toTimestamp: DateTime,
  orderBy: v.nullish(v.array(v.object({ field: v.string(), direction: v.picklist(['asc', 'desc']) }))),
  config: v.optional(
    v.object({
      bins: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))),
      row_limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000))),
    }),
    {},
  ),
}

const QUERIES = {
  v1: v.object({ view: v.picklist(['traces', ...VIEWS]), ...Base }),
  v2: v.object({ view: v.picklist(VIEWS), ...Base }),
} as const

/** What a request for metrics asks for. */
export interface MetricsRequest {
  readonly query: MetricQuery
  /** Whether times for which there is nothing are shown too: Langfuse does that unless an order is asked for. */
  readonly isFilled: boolean
}

/** Which endpoint asks: that of version 3 may group by anything, and shows all groups. */
export type MetricsApi = 'v1' | 'v2'

/**
 * Reads the parameter `query` of `GET /api/public/v2/metrics`, or of the older `GET /api/public/metrics`.
 *
 * @param params The query parameters.
 * @param api Which of the two.
 * @returns What is asked for.
 * @throws {ApiError} 400 in Langfuse's words if it is no such query, names what the view does not have, or asks for too much.
 */
export function parseMetricsRequest(params: QueryParams, api: MetricsApi): MetricsRequest {
  const parsed = parseRequest(QUERIES[api], parseQueryJson(params.query), ['query'])
  const { view: asked, metrics, fromTimestamp, toTimestamp, timeDimension, config } = parsed
  if (toTimestamp <= fromTimestamp) {
    throw invalidData([{ code: 'custom', path: ['query'], message: 'fromTimestamp must be before toTimestamp' }])
  }
  // Version 3 alone has traces, and looks at everything in its own tables.
  const name = api === 'v1' || asked === 'traces' ? (`legacy-${asked}` as const) : asked
  const view = METRIC_VIEWS[name]
  const orderBy = parsed.orderBy ?? []
  const query: MetricQuery = {
    view: name,
    dimensions: [...new Set(parsed.dimensions.map(({ field }) => field))],
    granularity: granularity(timeDimension?.granularity, toTimestamp - fromTimestamp),
    metrics,
    conditions: [],
    fromMillis: fromTimestamp,
    toMillis: toTimestamp,
    orderBy,
    limit: config.row_limit ?? DEFAULT_ROW_LIMITS[api],
    bins: config.bins ?? DEFAULT_BINS,
  }
  const problem = api === 'v2' ? highCardinalityProblem(query, view, config.row_limit !== undefined) : undefined
  if (problem !== undefined) throw invalidRequest(problem)
  requireDimensions(query.dimensions, view)
  for (const metric of metrics) requireMeasure(metric, view)
  const dimensions = withPairs(query, view)
  const conditions = metricConditions(parsed.filters, view)
  requireFields({ ...query, dimensions })
  const isFilled = query.granularity !== undefined && orderBy.length === 0
  return { query: { ...query, dimensions, conditions, orderBy: orderOf(query) }, isFilled }
}

/** Version 3 has none; here it has one all the same, for a minute in a year would be half a million groups. */
const DEFAULT_ROW_LIMITS = { v1: 10_000, v2: 100 } as const
const DEFAULT_BINS = 10

function parseQueryJson(query: QueryParams[string] | undefined): unknown {
  try {
    return JSON.parse(typeof query === 'string' ? query : '')
  } catch {
    throw invalidRequest('Invalid JSON in query parameter')
  }
}

function requireDimensions(names: readonly string[], { dimensions }: MetricView): void {
  for (const name of names) {
    if (!dimensions.has(name))
      throw invalidRequest(`Invalid dimension ${name}. Must be one of ${[...dimensions.keys()].join(',')}`)
  }
}

function requireMeasure({ measure, aggregation }: Metric, { measures }: MetricView): void {
  const found = measures.get(measure)
  if (found === undefined)
    throw invalidRequest(`Invalid metric ${measure}. Must be one of ${[...measures.keys()].join(',')}`)
  if (found.type !== 'string' || aggregation === 'count' || aggregation === 'uniq') return
  throw invalidRequest(
    `Aggregation "${aggregation}" is not valid for measure "${measure}" (type: ${found.type}). Valid aggregations: count, uniq`,
  )
}

/** The dimensions, with those that a measure is the value of. */
function withPairs({ dimensions, metrics }: MetricQuery, view: MetricView): string[] {
  const added = metrics.flatMap(({ measure }) => view.measures.get(measure)?.ofDimension ?? [])
  const all = [...new Set([...dimensions, ...added])]
  const pairs = all.filter((name) => view.dimensions.get(name)?.isPair === true)
  if (pairs.length > 1) {
    throw invalidRequest(`Only one pairExpand dimension is supported per query. Found: ${pairs.join(', ')}`)
  }
  return all
}

function requireFields({ dimensions, granularity, metrics, orderBy }: MetricQuery): void {
  // A histogram is no number, so there is no order by it.
  const figures = metrics.filter(({ aggregation }) => aggregation !== 'histogram').map(metricName)
  const known = [...(granularity === undefined ? [] : ['time_dimension']), ...dimensions, ...figures]
  for (const { field } of orderBy) {
    if (!known.includes(field))
      throw invalidRequest(`Invalid orderBy field: ${field}. Must be one of the dimension or metric fields.`)
  }
}

/** Without an order that is asked for: by time, else by the first figure, the highest first. */
function orderOf({ orderBy, granularity, metrics }: MetricQuery): MetricQuery['orderBy'] {
  const [first] = metrics
  if (orderBy.length > 0) return orderBy
  if (granularity !== undefined) return [{ field: 'time_dimension', direction: 'asc' }]
  return first === undefined ? [] : [{ field: metricName(first), direction: 'desc' }]
}

const HOUR_MILLIS = 3_600_000

/** What `auto` means: the finest that makes a chart, and not a wall, of the time asked for. */
function granularity(asked: MetricGranularity | 'auto' | undefined, spanMillis: number): MetricGranularity | undefined {
  if (asked !== 'auto') return asked
  if (spanMillis < 2 * HOUR_MILLIS) return 'minute'
  if (spanMillis < 72 * HOUR_MILLIS) return 'hour'
  if (spanMillis < 60 * 24 * HOUR_MILLIS) return 'day'
  return spanMillis < 365 * 24 * HOUR_MILLIS ? 'week' : 'month'
}
