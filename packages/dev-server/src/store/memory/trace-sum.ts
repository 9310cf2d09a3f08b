import type { Observation } from '../../model/observation.js'
import type { ObservationLevel } from '../../model/observation-level.js'
import { maxOf, minOf } from './extremes.js'
import type { RowsByTrace } from './memory-tables.js'
import { descending } from './row-order.js'
import { traceFields, traceRoot } from './trace-root.js'

/** What the observations of a trace add up to. */
export interface TraceSum {
  readonly traceId: string
  readonly root: Observation
  readonly observations: readonly Observation[]
  readonly name: string
  readonly userId: string
  readonly sessionId: string
  readonly tags: readonly string[]
  readonly startMillis: number
  readonly endMillis: number
  readonly errorCount: number
  readonly warningCount: number
  readonly totalTokens: number
  /** US dollars. */
  readonly totalCost: number
}

/**
 * Adds up every trace.
 *
 * @param observations All observations.
 * @returns The traces, the newest start first.
 */
export function allTraceSums(observations: RowsByTrace<Observation>): TraceSum[] {
  return [...observations.values()].map((ofTrace) => traceSum([...ofTrace.values()])).sort(NEWEST_TRACES)
}

/** The order of the list of traces: the newest start first. */
export const NEWEST_TRACES: (one: TracePlace, other: TracePlace) => number = descending<TracePlace>(
  ({ startMillis }) => startMillis,
  ({ traceId }) => traceId,
)

type TracePlace = Pick<TraceSum, 'startMillis' | 'traceId'>

/**
 * Adds up one trace.
 *
 * @param observations Those of the trace, at least one.
 * @returns Their sums.
 */
export function traceSum(observations: readonly Observation[]): TraceSum {
  const root = traceRoot(observations)
  const countOf = (wanted: ObservationLevel): number => observations.filter(({ level }) => level === wanted).length
  return {
    traceId: root.traceId,
    ...{ root, observations },
    ...traceFields(observations, root),
    startMillis: minOf(observations.map(({ startTimeMillis }) => startTimeMillis)),
    endMillis: maxOf(observations.map(({ endTimeMillis }) => endTimeMillis)),
    errorCount: countOf('ERROR'),
    warningCount: countOf('WARNING'),
    totalTokens: observations.reduce((sum, { details }) => sum + (details.usageDetails.total ?? 0), 0),
    totalCost: observations.reduce((sum, { details }) => sum + (details.costDetails.total ?? 0), 0),
  }
}
