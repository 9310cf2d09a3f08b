import type { LegacyDetails, LegacyObservation } from '../model/legacy-observation.js'
import type { LegacyTrace } from '../model/legacy-trace.js'
import type { Metadata } from '../model/observation.js'
import type { ObservationLevel } from '../model/observation-level.js'
import type { ObservationType } from '../model/observation-type.js'
import type { LegacyTraceSummary } from './legacy-store.js'
import { type SqlValue, sqlJson, sqlText } from './sql-value.js'

/** The columns of a trace, in the order of {@link toTraceRecord}. */
export const LEGACY_TRACE_RECORD =
  'id, timestamp_millis, created_millis, updated_millis, name, user_id, session_id, environment, release, version, tags, public, metadata, input, output'

/** The columns of an observation, in the order of {@link toObservationRecord}. */
export const LEGACY_OBSERVATION_RECORD =
  'trace_id, id, parent_id, start_millis, end_millis, created_millis, updated_millis, type, name, level, environment, version, details, metadata, input, output'

/**
 * A trace as a row.
 *
 * @param trace The trace.
 * @returns The values of its columns.
 */
export function toTraceRecord(trace: LegacyTrace): SqlValue[] {
  const { name, userId, sessionId, environment, release, version } = trace
  return [
    ...[sqlText(trace.id), trace.timestampMillis, trace.createdAtMillis, trace.updatedAtMillis],
    ...[name, userId, sessionId, environment, release, version].map(sqlText),
    ...[sqlJson(trace.tags), trace.public ? 1 : 0, sqlJson(trace.metadata)],
    ...[sqlText(trace.input), sqlText(trace.output)],
  ]
}

/**
 * An observation as a row.
 *
 * @param observation The observation.
 * @returns The values of its columns.
 */
export function toObservationRecord(observation: LegacyObservation): SqlValue[] {
  const { traceId, id, parentObservationId, type, name, level, environment, version } = observation
  const { startTimeMillis, endTimeMillis, createdAtMillis, updatedAtMillis } = observation
  return [
    ...[traceId, id, parentObservationId].map(sqlText),
    ...[startTimeMillis, endTimeMillis, createdAtMillis, updatedAtMillis],
    ...[type, name, level, environment, version].map(sqlText),
    ...[sqlJson(observation.details), sqlJson(observation.metadata)],
    ...[sqlText(observation.input), sqlText(observation.output)],
  ]
}

/**
 * A row as a trace with its figures, which stand behind the columns of the trace.
 *
 * @param row The columns of {@link LEGACY_TRACE_RECORD}, then latency, cost, and the ids of observations and scores as JSON.
 * @returns The trace.
 */
export function fromSummaryRecord(row: readonly unknown[]): LegacyTraceSummary {
  return {
    ...fromTraceRecord(row),
    latencyMillis: row[15] as number,
    totalCost: row[16] as number,
    observationIds: parsed<string[]>(row[17]),
    scoreIds: parsed<string[]>(row[18]),
  }
}

/**
 * A row as a trace. The casts are sound because only {@link toTraceRecord} writes the table, whose columns are STRICT.
 *
 * @param row The columns of {@link LEGACY_TRACE_RECORD}.
 * @returns The trace.
 */
export function fromTraceRecord(row: readonly unknown[]): LegacyTrace {
  const [id, timestampMillis, createdAtMillis, updatedAtMillis] = row as [string, number, number, number]
  const [name, userId, sessionId, environment, release, version] = row.slice(4) as string[]
  return {
    ...{ id, timestampMillis, createdAtMillis, updatedAtMillis },
    name: name ?? '',
    userId: userId ?? '',
    sessionId: sessionId ?? '',
    environment: environment ?? '',
    release: release ?? '',
    version: version ?? '',
    tags: parsed<string[]>(row[10]),
    public: row[11] === 1,
    metadata: parsed<Metadata>(row[12]),
    input: row[13] as string,
    output: row[14] as string,
  }
}

/**
 * A row as an observation. The casts are sound because only {@link toObservationRecord} writes the table.
 *
 * @param row The columns of {@link LEGACY_OBSERVATION_RECORD}.
 * @returns The observation.
 */
export function fromObservationRecord(row: readonly unknown[]): LegacyObservation {
  return {
    traceId: row[0] as string,
    id: row[1] as string,
    parentObservationId: row[2] as string,
    startTimeMillis: row[3] as number,
    endTimeMillis: row[4] as number | null,
    createdAtMillis: row[5] as number,
    updatedAtMillis: row[6] as number,
    type: row[7] as ObservationType,
    name: row[8] as string,
    level: row[9] as ObservationLevel,
    environment: row[10] as string,
    version: row[11] as string,
    details: parsed<LegacyDetails>(row[12]),
    metadata: parsed<Metadata>(row[13]),
    input: row[14] as string,
    output: row[15] as string,
  }
}

function parsed<T>(json: unknown): T {
  return JSON.parse(json as string) as T
}
