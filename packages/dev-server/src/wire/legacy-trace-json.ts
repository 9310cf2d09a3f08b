import type { LegacySession, LegacyTrace } from '../model/legacy-trace.js'
import type { Metadata } from '../model/observation.js'
import type { LegacyTraceSummary } from '../store/legacy-store.js'
import { isoTime } from './date-time.js'
import { PROJECT } from './identity.js'
import type { LegacyFieldGroup } from './legacy-trace-request.js'
import { storedJson } from './stored-json.js'

/** What stands for a figure that was not asked for. */
const NOT_ASKED = -1

/**
 * A trace as `GET /api/public/sessions/{id}` shows it, and as every other answer begins.
 *
 * @param trace The trace.
 * @param hasPayload Whether input, output and metadata come along.
 * @returns What to serialize.
 */
export function legacyTraceJson(trace: LegacyTrace, hasPayload = true): Record<string, unknown> {
  return {
    id: trace.id,
    projectId: PROJECT.id,
    name: trace.name || null,
    timestamp: isoTime(trace.timestampMillis),
    environment: trace.environment,
    tags: trace.tags,
    bookmarked: false,
    release: trace.release || null,
    version: trace.version || null,
    userId: trace.userId || null,
    sessionId: trace.sessionId || null,
    public: trace.public,
    input: hasPayload ? legacyPayload(trace.input) : null,
    output: hasPayload ? legacyPayload(trace.output) : null,
    metadata: hasPayload ? legacyMetadata(trace.metadata) : {},
    createdAt: isoTime(trace.createdAtMillis),
    updatedAt: isoTime(trace.updatedAtMillis),
    externalId: null,
  }
}

/**
 * A trace as `GET /api/public/traces` lists it.
 *
 * @param trace The trace.
 * @param groups What was asked for. What was not is empty, or -1.
 * @returns What to serialize.
 */
export function listedTraceJson(
  trace: LegacyTraceSummary,
  groups: ReadonlySet<LegacyFieldGroup>,
): Record<string, unknown> {
  return {
    ...legacyTraceJson(trace, groups.has('io')),
    observations: groups.has('observations') ? trace.observationIds : [],
    scores: groups.has('scores') ? trace.scoreIds : [],
    ...figures(trace, groups),
  }
}

/**
 * A trace as `GET /api/public/traces/{id}` shows it.
 *
 * @param trace The trace.
 * @param groups What was asked for.
 * @param parts Its scores and observations as they are shown.
 * @returns What to serialize.
 */
export function wholeTraceJson(
  trace: LegacyTraceSummary,
  groups: ReadonlySet<LegacyFieldGroup>,
  parts: { readonly scores: readonly unknown[]; readonly observations: readonly unknown[] },
): Record<string, unknown> {
  return { ...legacyTraceJson(trace, groups.has('io')), ...parts, ...figures(trace, groups) }
}

function figures(trace: LegacyTraceSummary, groups: ReadonlySet<LegacyFieldGroup>): Record<string, unknown> {
  const isAsked = groups.has('metrics')
  return {
    latency: isAsked ? trace.latencyMillis / 1000 : NOT_ASKED,
    totalCost: isAsked ? trace.totalCost : NOT_ASKED,
    htmlPath: `/project/${PROJECT.id}/traces/${trace.id}`,
  }
}

/**
 * A session as `GET /api/public/sessions` lists it.
 *
 * @param session The session.
 * @returns What to serialize.
 */
export function legacySessionJson({ id, createdAtMillis, environment }: LegacySession): Record<string, unknown> {
  return { id, createdAt: isoTime(createdAtMillis), projectId: PROJECT.id, environment }
}

/**
 * An input or output: version 3 parses it, where version 4 leaves that to the client.
 *
 * @param text As it is stored.
 * @returns The value that stands in the answer; null for none.
 */
export function legacyPayload(text: string): unknown {
  return text === '' ? null : storedJson(text)
}

/**
 * Metadata as they were sent, nested.
 *
 * @param metadata As they are stored.
 * @returns The values by key.
 */
export function legacyMetadata(metadata: Metadata): Record<string, unknown> {
  return Object.fromEntries(Object.entries(metadata).map(([key, text]) => [key, storedJson(text)]))
}
