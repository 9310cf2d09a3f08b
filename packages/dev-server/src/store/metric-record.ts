import { bucketName } from './metric-bucket.js'
import type { Metric, MetricQuery, MetricRow } from './metric-query.js'
import type { MetricDimension } from './metric-view.js'
import { METRIC_VIEWS } from './metric-views.js'
import { isCalculatedHere, metricName } from './select-metrics.js'

/**
 * The group in a row of {@link selectMetrics}.
 *
 * @param row The row, in raw mode.
 * @param query What was asked for.
 * @returns The group.
 */
export function fromMetricRecord(row: readonly unknown[], query: MetricQuery): MetricRow {
  const values = [...row]
  const result: MetricRow = {}
  if (query.granularity !== undefined) result.time_dimension = bucketName(Number(values.shift()), query.granularity)
  const { dimensions } = METRIC_VIEWS[query.view]
  for (const name of query.dimensions) result[name] = dimensionValue(values.shift(), dimensions.get(name))
  if (query.metrics.length === 0) result.count = values.shift()
  for (const metric of query.metrics) {
    result[metricName(metric)] = metricValue(values.shift(), metric.aggregation, query.bins)
  }
  return result
}

function dimensionValue(value: unknown, dimension: MetricDimension | undefined): unknown {
  if (dimension?.type === 'boolean') return value === 1
  return dimension?.type === 'array' && dimension.isEach !== true ? JSON.parse(String(value)) : value
}

function metricValue(value: unknown, aggregation: Metric['aggregation'], bins: number): unknown {
  if (typeof value !== 'string' || !isCalculatedHere(aggregation)) return value
  // All values of a group, written by json_group_array; nulls do not count.
  const numbers = (JSON.parse(value) as (number | null)[]).filter((number) => number !== null).sort((a, b) => a - b)
  return aggregation === 'histogram' ? histogram(numbers, bins) : quantile(numbers, Number(aggregation.slice(1)) / 100)
}

/** With what lies between two values in proportion, as in ClickHouse. */
function quantile(sorted: readonly number[], level: number): number | null {
  const place = level * (sorted.length - 1)
  const [lower, upper] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  if (lower === undefined || upper === undefined) return null
  return lower + (upper - lower) * (place - Math.floor(place))
}

function histogram(sorted: readonly number[], bins: number): [lower: number, upper: number, height: number][] {
  const [lowest, highest] = [sorted[0], sorted.at(-1)]
  if (lowest === undefined || highest === undefined) return []
  if (lowest === highest) return [[lowest, highest, sorted.length]]
  const width = (highest - lowest) / bins
  const heights = new Array<number>(bins).fill(0)
  for (const number of sorted) {
    const bin = Math.min(Math.floor((number - lowest) / width), bins - 1)
    heights[bin] = (heights[bin] ?? 0) + 1
  }
  return heights.map((height, bin) => [lowest + bin * width, lowest + (bin + 1) * width, height])
}
