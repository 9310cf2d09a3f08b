import type { Metric, MetricGranularity, MetricQuery, MetricRow } from '../metric-query.js'
import { fromMetricRecord } from '../metric-record.js'
import { metricName } from '../select-metrics.js'
import { compareValues } from './compare-rows.js'
import { groupBy } from './group-by.js'
import { allRows, type MemoryRows } from './memory-tables.js'
import { type MetricReaders, type MetricValue, OBSERVATION_METRICS, scoreMetrics } from './metric-readers.js'
import { READABLE_OBSERVATIONS } from './observation-readers.js'
import { firstOf } from './page-of.js'
import { whereAllHold } from './where-all-hold.js'

/**
 * Groups what a query asks for, and sums it up.
 *
 * @param rows Everything that is stored.
 * @param query Which figures.
 * @returns At most `query.limit` groups.
 */
export function groupMemoryMetrics({ observations, scores }: MemoryRows, query: MetricQuery): MetricRow[] {
  if (query.view === 'observations') {
    const found = whereAllHold(allRows(observations), query.conditions, READABLE_OBSERVATIONS)
    return groupsOf(found, OBSERVATION_METRICS, query)
  }
  const dataType = SCORE_TYPES[query.view]
  const found = [...scores.values()].filter((score) => score.dataType === dataType)
  return groupsOf(found, scoreMetrics(dataType), query)
}

const SCORE_TYPES = {
  'scores-numeric': 'NUMERIC',
  'scores-boolean': 'BOOLEAN',
  'scores-categorical': 'CATEGORICAL',
} as const

function groupsOf<Row>(rows: readonly Row[], readers: MetricReaders<Row>, query: MetricQuery): MetricRow[] {
  const { granularity, dimensions, metrics, fromMillis, toMillis, limit } = query
  const keys = dimensions.map((name) => readerOf(readers.dimensions, name))
  if (granularity !== undefined) keys.unshift((row) => bucketStart(readers.timeMillis(row), granularity))
  const measures = metrics.map(({ measure }) => readerOf(readers.measures, measure))
  const inTime = rows.filter((row) => readers.timeMillis(row) >= fromMillis && readers.timeMillis(row) < toMillis)
  const groups = groupBy(inTime, (row) => JSON.stringify(keys.map((key) => key(row))))
  // What is not grouped is one group, also of nothing.
  if (keys.length === 0 && groups.size === 0) groups.set('[]', [])
  const found = [...groups].map(([key, members]) => {
    const group = JSON.parse(key) as MetricValue[]
    const figures = metrics.map(({ aggregation }, index) =>
      aggregate(
        aggregation,
        members.map((row) => measures[index]?.(row) ?? null),
      ),
    )
    return { group, row: fromMetricRecord([...group, ...figures], query) }
  })
  return firstOf(found.sort(orderOf(query)), limit).map(({ row }) => row)
}

interface Group {
  /** The values it is grouped by: the time, if it is asked for, and the dimensions. */
  readonly group: readonly MetricValue[]
  readonly row: MetricRow
}

function readerOf<Row>(
  readers: ReadonlyMap<string, (row: Row) => MetricValue>,
  name: string,
): (row: Row) => MetricValue {
  const found = readers.get(name)
  if (found === undefined) throw new RangeError(`${name} is no column of this view`)
  return found
}

function orderOf({ orderBy, granularity, dimensions, metrics }: MetricQuery): (one: Group, other: Group) => number {
  const grouped = [...(granularity === undefined ? [] : ['time_dimension']), ...dimensions]
  const figures = metrics.map(metricName)
  const asked = orderBy.filter(({ field }) => grouped.includes(field) || figures.includes(field))
  const rest = grouped.map((field) => ({ field, direction: 'asc' }) as const)
  return (one, other) => {
    for (const { field, direction } of [...asked, ...rest]) {
      const place = grouped.indexOf(field)
      const read = ({ group, row }: Group): MetricValue => (place < 0 ? figureOf(row[field]) : (group[place] ?? null))
      const difference = compareValues(read(one), read(other))
      if (difference !== 0) return direction === 'asc' ? difference : -difference
    }
    return 0
  }
}

/** A histogram has no place in an order. */
function figureOf(value: unknown): MetricValue {
  return typeof value === 'number' || typeof value === 'string' ? value : null
}

/** The figure, or, for quantiles and histograms, all values as the JSON that {@link fromMetricRecord} reads. */
function aggregate(aggregation: Metric['aggregation'], values: readonly MetricValue[]): MetricValue {
  const known = values.filter((value) => value !== null)
  const sum = known.reduce<number>((before, value) => before + (typeof value === 'number' ? value : 0), 0)
  switch (aggregation) {
    case 'sum':
      return sum
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

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

function bucketStart(millis: number, granularity: MetricGranularity): number {
  switch (granularity) {
    case 'minute':
      return millis - (millis % MINUTE)
    case 'hour':
      return millis - (millis % (60 * MINUTE))
    case 'day':
      return millis - (millis % DAY)
    case 'week':
      // The epoch was a Thursday; weeks begin on Mondays.
      return millis - ((millis + 3 * DAY) % (7 * DAY))
    case 'month': {
      const date = new Date(millis)
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
    }
  }
}
