import { flattenLegacyMetadata } from './legacy-metadata.js'
import { readLegacyObservation } from './legacy-observation.js'
import { legacyPayload } from './legacy-payload.js'
import { readLegacyScore } from './legacy-score.js'
import type { ObservationRow } from './observation-v2.js'
import {
  readOptionalNumber,
  readOptionalText,
  readRecord,
  readText,
  readTextList,
  readTime,
  type WireRecord,
  wrongField,
} from './read-field.js'
import type { Score } from './score-v3.js'

/** A trace as Langfuse 3 keeps it: an object of its own beside its observations. What it leaves out is `null`. */
export interface LegacyTrace {
  readonly id: string
  readonly name: string | null
  readonly timestamp: Date
  readonly input: unknown
  readonly output: unknown
  /** Flat, as version 4 has it. */
  readonly metadata: WireRecord
  readonly tags: readonly string[]
  readonly userId: string | null
  readonly sessionId: string | null
  readonly environment: string | null
  readonly release: string | null
  readonly version: string | null
  /** `null` unless metrics were asked for. */
  readonly latencySeconds: number | null
  /** `null` unless metrics were asked for. */
  readonly totalCostUsd: number | null
  readonly raw: WireRecord
}

/** A trace with what belongs to it. */
export interface LegacyTraceDetails {
  readonly trace: LegacyTrace
  readonly observations: readonly ObservationRow[]
  readonly scores: readonly Score[]
}

/**
 * Checks one row of `GET /api/public/traces`.
 *
 * @param value - The row.
 * @param at - Where it stands in the answer, for messages.
 * @returns The trace.
 * @throws {LoaderError} `invalid_response` naming the field that is wrong.
 */
export function readLegacyTrace(value: unknown, at: string): LegacyTrace {
  const row = readRecord(value, at)
  return {
    id: readText(row, 'id', at),
    name: readOptionalText(row, 'name', at),
    timestamp: readTime(row, 'timestamp', at),
    input: legacyPayload(row.input),
    output: legacyPayload(row.output),
    metadata: flattenLegacyMetadata(row.metadata),
    tags: readTextList(row, 'tags', at),
    userId: readOptionalText(row, 'userId', at),
    sessionId: readOptionalText(row, 'sessionId', at),
    environment: readOptionalText(row, 'environment', at),
    release: readOptionalText(row, 'release', at),
    version: readOptionalText(row, 'version', at),
    latencySeconds: readMetric(row, 'latency', at),
    totalCostUsd: readMetric(row, 'totalCost', at),
    raw: row,
  }
}

/**
 * Checks the answer of `GET /api/public/traces/{id}`.
 *
 * @param body - The parsed answer.
 * @returns The trace, its observations and its scores.
 * @throws {LoaderError} `invalid_response` naming the field that is wrong, or if an observation belongs to another trace.
 */
export function readLegacyTraceDetails(body: unknown): LegacyTraceDetails {
  const trace = readLegacyTrace(body, 'the trace')
  const observations = readList(trace.raw, 'observations').map((value, index) =>
    readLegacyObservation(value, `observations[${index}]`),
  )
  const stray = observations.findIndex(({ traceId }) => traceId !== trace.id)
  if (stray >= 0) throw wrongField(`observations[${stray}].traceId`, "the trace's own id", observations[stray]?.traceId)
  const scores = readList(trace.raw, 'scores').map((value, index) => readLegacyScore(value, `scores[${index}]`))
  return { trace, observations, scores }
}

function readList(row: WireRecord, name: string): readonly unknown[] {
  const value = row[name]
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw wrongField(name, 'a list', value)
  return value
}

// Version 3 writes -1 for what was not asked for.
function readMetric(row: WireRecord, name: string, at: string): number | null {
  const value = readOptionalNumber(row, name, at)
  return value === -1 ? null : value
}
