import { bucketName, bucketStart, nextBucket } from './metric-bucket.js'
import type { Metric, MetricQuery, MetricRow } from './metric-query.js'
import type { MetricDimension, MetricMeasure } from './metric-view.js'
import { METRIC_VIEWS } from './metric-views.js'
import { metricName } from './select-metrics.js'

/**
 * Puts a group in for each time for which there is none, up to the time before the last one, with what ClickHouse fills in (`WITH FILL`):
 * null where there can be none, else nothing, in the form of 0 or an empty text.
 *
 * @param rows Groups by time.
 * @param query What was asked for.
 * @returns At most `query.limit` groups by time.
 */
export function fillTimes(rows: readonly MetricRow[], query: MetricQuery): MetricRow[] {
  const { granularity, fromMillis, toMillis, limit } = query
  if (granularity === undefined) return [...rows]
  const empty = emptyRow(query)
  const filled: MetricRow[] = []
  const end = bucketStart(toMillis, granularity)
  let place = 0
  const takeUntil = (name: string | undefined): void => {
    for (let row = rows[place]; row !== undefined; row = rows[++place]) {
      if (name !== undefined && row.time_dimension !== name) return
      filled.push(row)
    }
  }
  for (
    let start = bucketStart(fromMillis, granularity);
    start < end && filled.length < limit;
    start = nextBucket(start, granularity)
  ) {
    const name = bucketName(start, granularity)
    if (rows[place]?.time_dimension === name) takeUntil(name)
    else filled.push({ time_dimension: name, ...empty })
  }
  takeUntil(undefined)
  return filled.slice(0, limit)
}

function emptyRow({ view: name, dimensions, metrics }: MetricQuery): MetricRow {
  const view = METRIC_VIEWS[name]
  const empty: MetricRow = {}
  for (const dimension of dimensions) empty[dimension] = emptyDimension(view.dimensions.get(dimension))
  if (metrics.length === 0) empty.count = 0
  for (const metric of metrics) empty[metricName(metric)] = emptyFigure(metric, view.measures.get(metric.measure))
  return empty
}

function emptyDimension(dimension: MetricDimension | undefined): unknown {
  if (dimension === undefined || dimension.emptyIsNull === true || dimension.isNullable === true) return null
  if (dimension.isEach === true) return ''
  return { string: '', number: 0, boolean: false, array: [] }[dimension.type]
}

function emptyFigure({ aggregation }: Metric, measure: MetricMeasure | undefined): unknown {
  if (aggregation === 'histogram') return []
  return measure?.isNullable === true && aggregation !== 'count' && aggregation !== 'uniq' ? null : 0
}
