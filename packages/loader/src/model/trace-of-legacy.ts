import type { LegacyTrace, LegacyTraceDetails } from '../wire/legacy-trace.js'
import type { ObservationRow } from '../wire/observation-v2.js'
import type { Score } from '../wire/score-v3.js'
import { Trace } from './trace.js'

/**
 * Makes a trace of what Langfuse 3 tells of it.
 *
 * @param details - The trace, its observations and its scores.
 * @returns The trace. One without observations (the old ingestion API allows it) has a root that says what the trace says.
 */
export function traceOfLegacy({ trace, observations, scores }: LegacyTraceDetails): Trace {
  const [first, ...rest] = observations
  if (first === undefined) return new Trace([rowOf(trace)], { legacy: trace, scores, hasNoObservations: true })
  return new Trace([first, ...rest], { legacy: trace, scores })
}

/**
 * Makes a summary of a row of the list of traces.
 *
 * @param trace - The row.
 * @param scores - Its scores, if they were fetched.
 * @returns The summary.
 */
export function summaryOfLegacy(trace: LegacyTrace, scores: readonly Score[]): Trace {
  return new Trace([rowOf(trace)], { legacy: trace, scores, summary: true })
}

function rowOf(trace: LegacyTrace): ObservationRow {
  return {
    // The id under which Langfuse's own migration to version 4 writes a trace as a span.
    id: `t-${trace.id}`,
    traceId: trace.id,
    parentId: null,
    isRoot: true,
    type: 'SPAN',
    name: trace.name,
    startTime: trace.timestamp,
    endTime: null,
    updatedAtMillis: null,
    latencySeconds: trace.latencySeconds,
    timeToFirstTokenSeconds: null,
    level: 'DEFAULT',
    statusMessage: null,
    input: trace.input,
    output: trace.output,
    metadata: trace.metadata,
    model: null,
    modelParameters: {},
    usage: {},
    cost: {},
    totalCostUsd: trace.totalCostUsd,
    promptId: null,
    promptName: null,
    promptVersion: null,
    traceName: trace.name,
    tags: trace.tags,
    userId: trace.userId,
    sessionId: trace.sessionId,
    environment: trace.environment,
    release: trace.release,
    version: trace.version,
    raw: trace.raw,
  }
}
