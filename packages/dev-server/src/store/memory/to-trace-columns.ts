import type { Observation } from '../../model/observation.js'
import type { TraceColumns } from '../viewer/trace-columns.js'
import { ascending } from './row-order.js'

/**
 * The observations of a trace as columns.
 *
 * @param observations Those of the trace, in any order.
 * @returns The columns, oldest first.
 */
export function toTraceColumns(observations: readonly Observation[]): TraceColumns {
  const rows = observations.toSorted(FIRST_STARTED)
  const firstMillis = rows[0]?.startTimeMillis ?? 0
  return {
    ids: rows.map(({ id }) => id),
    parentIds: rows.map(({ parentObservationId }) => parentObservationId),
    startOffsetsMillis: rows.map(({ startTimeMillis }) => startTimeMillis - firstMillis),
    durationsMillis: rows.map(({ startTimeMillis, endTimeMillis }) => endTimeMillis - startTimeMillis),
    types: rows.map(({ type }) => type),
    names: rows.map(({ name }) => name),
    levels: rows.map(({ level }) => (level === 'DEFAULT' ? '' : level)),
    models: rows.map(({ details }) => details.model),
    totalTokens: rows.map(({ details }) => details.usageDetails.total ?? 0),
    totalCosts: rows.map(({ details }) => details.costDetails.total ?? 0),
    firstTokenMillis: rows.map(({ startTimeMillis, details: { completionStartMillis } }) =>
      completionStartMillis === null ? -1 : completionStartMillis - startTimeMillis,
    ),
  }
}

const FIRST_STARTED = ascending<Observation>(
  ({ startTimeMillis }) => startTimeMillis,
  ({ id }) => id,
)
