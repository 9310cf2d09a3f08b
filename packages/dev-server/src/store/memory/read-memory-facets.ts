import type { Score } from '../../model/score.js'
import type { TraceFacets } from '../viewer/read-trace-facets.js'
import { groupBy } from './group-by.js'
import { ascending } from './row-order.js'
import type { TraceSum } from './trace-sum.js'

/** Values that are offered of each. */
const MAX_VALUES = 50

/**
 * Reads the values that filters offer.
 *
 * @param traces All traces.
 * @param scores All scores.
 * @returns The values, the most frequent first.
 */
export function readMemoryFacets(traces: readonly TraceSum[], scores: readonly Score[]): TraceFacets {
  return {
    names: mostFrequent(traces.map(({ name }) => name)),
    tags: mostFrequent(traces.flatMap(({ tags }) => tags)),
    sessionIds: mostFrequent(traces.map(({ sessionId }) => sessionId)),
    userIds: mostFrequent(traces.map(({ userId }) => userId)),
    environments: mostFrequent(traces.map(({ root }) => root.environment)),
    scoreNames: mostFrequent(scores.filter(({ traceId }) => traceId !== null).map(({ name }) => name)),
  }
}

function mostFrequent(values: readonly string[]): string[] {
  const given = values.filter((value) => value !== '')
  const counted = [...groupBy(given, (value) => value)].map(([value, all]) => ({ value, count: all.length }))
  return counted
    .sort(
      ascending(
        ({ count }) => -count,
        ({ value }) => value,
      ),
    )
    .slice(0, MAX_VALUES)
    .map(({ value }) => value)
}
