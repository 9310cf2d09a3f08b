import { compareValues } from '../compare-values.js'
import { bucketStart } from '../metric-bucket.js'
import { metricOrder } from '../metric-order.js'
import type { Metric, MetricQuery, MetricRow } from '../metric-query.js'
import { fromMetricRecord } from '../metric-record.js'
import type { MetricDimension } from '../metric-view.js'
import { METRIC_VIEWS } from '../metric-views.js'
import { groupBy } from './group-by.js'
import { LEGACY_OBSERVATION_METRICS, LEGACY_SCORE_METRICS, LEGACY_TRACE_METRICS } from './legacy-metric-readers.js'
import { countedLegacyObservations, countedLegacyScores, countedLegacyTraces } from './legacy-metric-rows.js'
import type { MemoryRows } from './memory-tables.js'
import { type MetricReaders, type MetricValue, OBSERVATION_METRICS, SCORE_METRICS } from './metric-readers.js'
import { countedObservations, countedScores } from './metric-rows.js'
import { firstOf } from './page-of.js'
import { type ReadableColumns, whereAllHold } from './where-all-hold.js'

/**
 * Groups what a query asks for, and sums it up.
 *
 * @param rows Everything that is stored.
 * @param query Which figures.
 * @returns At most `query.limit` groups.
 */
export function groupMemoryMetrics(rows: MemoryRows, query: MetricQuery): MetricRow[] {
  switch (query.view) {
    case 'observations':
      return groupsOf(countedObservations(rows, query), OBSERVATION_METRICS, query)
    case 'scores-numeric':
    case 'scores-boolean':
    case 'scores-categorical':
      return groupsOf(countedScores(rows, query, SCORE_TYPES[query.view]), SCORE_METRICS, query)
    case 'legacy-traces':
      return groupsOf(countedLegacyTraces(rows, query), LEGACY_TRACE_METRICS, query)
    case 'legacy-observations':
      return groupsOf(countedLegacyObservations(rows, query), LEGACY_OBSERVATION_METRICS, query)
    default:
      return groupsOf(countedLegacyScores(rows, query, SCORE_TYPES[query.view]), LEGACY_SCORE_METRICS, query)
  }
}

const [NUMBERS, TRUTHS, CATEGORIES] = [['NUMERIC', 'BOOLEAN'], ['BOOLEAN'], ['CATEGORICAL']] as const
const SCORE_TYPES = {
  'scores-numeric': NUMBERS,
  'scores-boolean': TRUTHS,
  'scores-categorical': CATEGORIES,
  'legacy-scores-numeric': NUMBERS,
  'legacy-scores-boolean': TRUTHS,
  'legacy-scores-categorical': CATEGORIES,
}

function groupsOf<Row>(rows: readonly Row[], readers: MetricReaders<Row>, query: MetricQuery): MetricRow[] {
  const { view, granularity, dimensions, metrics, limit } = query
  const keys = dimensions.map((name) => shownValue(readers, name, METRIC_VIEWS[view].dimensions.get(name)))
  if (granularity !== undefined) keys.unshift((row) => bucketStart(readers.timeMillis(row), granularity))
  const measures = metrics.map(({ measure }) => readerOf(readers.measures, measure))
  const nullable = metrics.map(({ measure }) => METRIC_VIEWS[view].measures.get(measure)?.isNullable === true)
  const wanted = whereAllHold(rows, query.conditions, readableColumns(readers, view))
  const groups = groupBy(wanted, (row) => JSON.stringify(keys.map((key) => key(row))))
  // What is not grouped is one group, also of nothing.
  if (keys.length === 0 && groups.size === 0) groups.set('[]', [])
  const found = [...groups].map(([key, members]) => {
    const group = JSON.parse(key) as MetricValue[]
    const figures = metrics.map(({ aggregation }, index) => {
      const values = members.map((row) => measures[index]?.(row) ?? null)
      return aggregate(aggregation, values, nullable[index] === true)
    })
    const counted = metrics.length === 0 ? [members.length] : figures
    return { group, row: fromMetricRecord([...group, ...counted], query) }
  })
  return firstOf(found.sort(metricOrder(query)), limit).map(({ row }) => row)
}

/** Booleans are 0 and 1, lists their JSON. */
function shownValue<Row>(
  { dimensions }: MetricReaders<Row>,
  name: string,
  dimension: MetricDimension | undefined,
): (row: Row) => MetricValue {
  const read = readerOf(dimensions, name)
  return (row) => {
    const value = read(row)
    if (dimension?.emptyIsNull === true && value === '') return null
    if (typeof value === 'boolean') return value ? 1 : 0
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
  }
}

function readableColumns<Row>(
  { dimensions, filters, timeMillis, metadata }: MetricReaders<Row>,
  name: MetricQuery['view'],
): ReadableColumns<Row, string> {
  const view = METRIC_VIEWS[name]
  return {
    definitions: { ...Object.fromEntries(view.dimensions), [view.time.name]: {}, metadata: {} },
    readers: { ...dimensions, ...filters, [view.time.name]: timeMillis, metadata },
  }
}

function readerOf<Row, Value>(
  readers: Readonly<Record<string, (row: Row) => Value>>,
  name: string,
): (row: Row) => Value {
  const found = readers[name]
  if (found === undefined) throw new RangeError(`${name} is no column of this view`)
  return found
}

/** The figure, or, for quantiles and histograms, all values as the JSON that {@link fromMetricRecord} reads. */
function aggregate(
  aggregation: Metric['aggregation'],
  values: readonly MetricValue[],
  isNullable: boolean,
): MetricValue {
  const known = values.filter((value) => value !== null)
  const sum = known.reduce<number>((before, value) => before + (typeof value === 'number' ? value : 0), 0)
  switch (aggregation) {
    case 'sum':
      return isNullable && known.length === 0 ? null : sum
    case 'avg':
      return known.length === 0 ? null : sum / known.length
    case 'count':
      return known.length
    case 'min':
      return known.toSorted(compareValues)[0] ?? null
    case 'max':
      return known.toSorted(compareValues).at(-1) ?? null
    case 'uniq':
      return new Set(known).size
    default:
      return JSON.stringify(known)
  }
}
