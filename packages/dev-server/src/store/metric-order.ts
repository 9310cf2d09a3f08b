import { compareValues } from './compare-values.js'
import type { MetricQuery, MetricRow } from './metric-query.js'

/** A group with what it is sorted by. */
export interface MetricGroup {
  /** The values it is grouped by: the time, if it is asked for, and the dimensions; booleans are 0 and 1, lists their JSON. */
  readonly group: readonly (string | number | null)[]
  readonly row: MetricRow
}

/**
 * The order of groups: what a query asks for first, then the time and the dimensions.
 *
 * @param query The query.
 * @returns Says which of two groups comes first: the first one if the result is negative.
 */
export function metricOrder({
  orderBy,
  granularity,
  dimensions,
}: MetricQuery): (one: MetricGroup, other: MetricGroup) => number {
  const grouped = [...(granularity === undefined ? [] : ['time_dimension']), ...dimensions]
  const rest = grouped.map((field) => ({ field, direction: 'asc' }) as const)
  return (one, other) => {
    for (const { field, direction } of [...orderBy, ...rest]) {
      const place = grouped.indexOf(field)
      const read = ({ group, row }: MetricGroup) => (place < 0 ? figureOf(row[field]) : (group[place] ?? null))
      const difference = compareValues(read(one), read(other))
      if (difference !== 0) return direction === 'asc' ? difference : -difference
    }
    return 0
  }
}

/** A histogram has no place in an order. */
function figureOf(value: unknown): string | number | null {
  return typeof value === 'number' || typeof value === 'string' ? value : null
}
