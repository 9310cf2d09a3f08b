import type { Observation } from '../model/observation.js'
import type { ObservationLevel } from '../model/observation-level.js'

/** A trace in one line. Langfuse v4 has no traces, only observations that share an id; this is what they add up to. */
export interface TraceSummary {
  readonly traceId: string
  readonly name: string
  readonly startTimeMillis: number
  readonly durationMillis: number
  /** The worst of all levels. */
  readonly level: ObservationLevel
  readonly userId: string
  readonly sessionId: string
  readonly tags: readonly string[]
  readonly input: string
  readonly output: string
  /** US dollars. */
  readonly totalCost: number
  readonly observationCount: number
}

const SEVERITY: readonly ObservationLevel[] = ['DEBUG', 'DEFAULT', 'WARNING', 'ERROR']

/**
 * Sums up the observations of a trace.
 *
 * @param observations Those of one trace, at least one, in any order.
 * @param payload The input and output of its root; the others need not have been read.
 * @returns The summary.
 */
export function summarizeTrace(
  observations: readonly [Observation, ...Observation[]],
  payload: Pick<Observation, 'input' | 'output'>,
): TraceSummary {
  const root = findRoot(observations)
  const start = Math.min(...observations.map((observation) => observation.startTimeMillis))
  const end = Math.max(...observations.map((observation) => observation.endTimeMillis))
  const stated = (field: 'userId' | 'sessionId'): string =>
    root[field] || (observations.find((observation) => observation[field] !== '')?.[field] ?? '')
  const named = observations.find((observation) => observation.traceName !== null)
  return {
    traceId: root.traceId,
    name: root.traceName ?? named?.traceName ?? root.name,
    startTimeMillis: start,
    durationMillis: end - start,
    level: worst(observations),
    userId: stated('userId'),
    sessionId: stated('sessionId'),
    tags: [...new Set(observations.flatMap((observation) => observation.tags))],
    ...payload,
    totalCost: observations.reduce((sum, { details }) => sum + (details.costDetails.total ?? 0), 0),
    observationCount: observations.length,
  }
}

/**
 * The observation whose input and output are those of the trace: its root, or the earliest when the root did not come.
 *
 * @param observations Those of one trace, at least one.
 * @returns One of them.
 */
export function findRoot(observations: readonly [Observation, ...Observation[]]): Observation {
  const roots = observations.filter((observation) => observation.isRoot)
  const candidates = roots.length > 0 ? roots : observations
  return candidates.reduce(
    (first, next) => (next.startTimeMillis < first.startTimeMillis ? next : first),
    candidates[0] ?? observations[0],
  )
}

function worst(observations: readonly Observation[]): ObservationLevel {
  const severity = observations.reduce((highest, { level }) => Math.max(highest, SEVERITY.indexOf(level)), 0)
  return SEVERITY[severity] ?? 'DEFAULT'
}
