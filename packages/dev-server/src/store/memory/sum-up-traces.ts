import type { Observation } from '../../model/observation.js'
import { OBSERVATION_LEVELS } from '../../model/observation-level.js'
import type { TraceSummary } from '../../model/trace-summary.js'
import type { TracePosition, TraceQuery } from '../trace-query.js'
import { maxOf, minOf } from './extremes.js'
import type { RowsByTrace } from './memory-tables.js'
import { firstOf, followingOf } from './page-of.js'
import { descending } from './row-order.js'
import { textStart } from './text-start.js'
import { traceFields, traceRoot } from './trace-root.js'

/** Characters of a payload that a summary has: a list shows less than one line. */
const PAYLOAD_START_LENGTH = 1000

/**
 * Sums up a page of traces, the one with the newest observation first.
 *
 * @param observations All observations.
 * @param query Which page.
 * @returns At most `query.limit` traces.
 */
export function sumUpTraces(observations: RowsByTrace<Observation>, { after, limit }: TraceQuery): TraceSummary[] {
  const positions = [...observations].map(([traceId, rows]) => ({
    traceId,
    newestStartMillis: maxOf([...rows.values()].map(({ startTimeMillis }) => startTimeMillis)),
  }))
  const page = firstOf(followingOf(positions.toSorted(NEWEST_TRACES), NEWEST_TRACES, after), limit)
  return page.map(({ traceId }) => sumUpTrace([...(observations.get(traceId)?.values() ?? [])]))
}

const NEWEST_TRACES = descending<TracePosition>(
  ({ newestStartMillis }) => newestStartMillis,
  ({ traceId }) => traceId,
)

/**
 * Sums up one trace.
 *
 * @param observations Those of the trace, at least one.
 * @returns Its summary.
 */
export function sumUpTrace(observations: readonly Observation[]): TraceSummary {
  const root = traceRoot(observations)
  const [starts, ends] = [observations.map((row) => row.startTimeMillis), observations.map((row) => row.endTimeMillis)]
  const startTimeMillis = minOf(starts)
  const severity = maxOf(observations.map(({ level }) => OBSERVATION_LEVELS.indexOf(level)))
  return {
    traceId: root.traceId,
    ...traceFields(observations, root),
    startTimeMillis,
    newestStartMillis: maxOf(starts),
    durationMillis: maxOf(ends) - startTimeMillis,
    level: OBSERVATION_LEVELS[severity] ?? 'DEFAULT',
    inputStart: textStart(root.input, PAYLOAD_START_LENGTH),
    outputStart: textStart(root.output, PAYLOAD_START_LENGTH),
    totalCost: observations.reduce((sum, { details }) => sum + (details.costDetails.total ?? 0), 0),
    observationCount: observations.length,
  }
}
