import type { LegacyObservation } from '../../model/legacy-observation.js'
import type { LegacySession, LegacyTrace } from '../../model/legacy-trace.js'
import { LEGACY_OBSERVATION_COLUMNS, LEGACY_SESSION_COLUMNS, LEGACY_TRACE_COLUMNS } from '../legacy-columns.js'
import type { LegacyTraceSummary } from '../legacy-store.js'
import type { ReadableColumns } from './where-all-hold.js'

/** What traces are filtered on. */
export const READABLE_TRACES: ReadableColumns<LegacyTraceSummary> = {
  definitions: LEGACY_TRACE_COLUMNS,
  readers: {
    id: ({ id }) => id,
    traceId: ({ id }) => id,
    startTime: ({ timestampMillis }) => timestampMillis,
    name: ({ name }) => name,
    userId: ({ userId }) => userId,
    sessionId: ({ sessionId }) => sessionId,
    environment: ({ environment }) => environment,
    release: ({ release }) => release,
    version: ({ version }) => version,
    tags: ({ tags }) => tags,
    metadata: ({ metadata }) => metadata,
    latency: ({ latencyMillis }) => latencyMillis / 1000,
    totalCost: ({ totalCost }) => totalCost,
  },
}

/** What sessions are filtered on. */
export const READABLE_SESSIONS: ReadableColumns<LegacySession> = {
  definitions: LEGACY_SESSION_COLUMNS,
  readers: {
    sessionId: ({ id }) => id,
    startTime: ({ createdAtMillis }) => createdAtMillis,
    environment: ({ environment }) => environment,
  },
}

/**
 * What observations are filtered on; their user is that of their trace.
 *
 * @param traces All traces, by id.
 * @returns The columns.
 */
export function readableLegacyObservations(
  traces: ReadonlyMap<string, LegacyTrace>,
): ReadableColumns<LegacyObservation> {
  return {
    definitions: LEGACY_OBSERVATION_COLUMNS,
    readers: {
      id: ({ id }) => id,
      traceId: ({ traceId }) => traceId,
      parentObservationId: ({ parentObservationId }) => parentObservationId,
      startTime: ({ startTimeMillis }) => startTimeMillis,
      endTime: ({ endTimeMillis }) => endTimeMillis,
      type: ({ type }) => type,
      name: ({ name }) => name,
      level: ({ level }) => level,
      environment: ({ environment }) => environment,
      version: ({ version }) => version,
      userId: ({ traceId }) => traces.get(traceId)?.userId ?? '',
      model: ({ details }) => details.model,
      metadata: ({ metadata }) => metadata,
      latency: ({ startTimeMillis, endTimeMillis }) =>
        endTimeMillis === null ? null : (endTimeMillis - startTimeMillis) / 1000,
      totalCost: ({ details }) => details.costDetails.total ?? null,
    },
  }
}
