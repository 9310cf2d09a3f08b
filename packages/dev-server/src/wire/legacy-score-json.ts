import type { LegacyTrace } from '../model/legacy-trace.js'
import type { Score } from '../model/score.js'
import { isoTime } from './date-time.js'
import { PROJECT } from './identity.js'
import { legacyMetadata } from './legacy-trace-json.js'

/** Where a score is shown: version 1 knows scores of traces alone, so it does not say what else one could be about. */
export type ScoreApi = 'v1' | 'v2'

/**
 * A score as `GET /api/public/v2/scores/{id}`, and, without sessions and runs, a trace and the older list show it.
 *
 * @param score The score.
 * @param api Which of the two.
 * @returns What to serialize.
 */
export function legacyScoreJson(score: Score, api: ScoreApi): Record<string, unknown> {
  const isText = score.dataType === 'TEXT' || score.dataType === 'CORRECTION'
  return {
    id: score.id,
    projectId: PROJECT.id,
    environment: score.environment,
    name: score.name,
    // Recorded: a score of text has no number at all, a category has 0.
    ...(!isText && { value: score.value }),
    source: score.source,
    authorUserId: score.authorUserId,
    comment: score.comment,
    metadata: legacyMetadata(score.metadata),
    configId: score.configId,
    queueId: score.queueId,
    executionTraceId: null,
    createdAt: isoTime(score.createdAtMillis),
    updatedAt: isoTime(score.updatedAtMillis),
    timestamp: isoTime(score.timestampMillis),
    traceId: score.traceId,
    observationId: score.observationId,
    ...(api === 'v2' && { sessionId: score.sessionId, datasetRunId: score.datasetRunId }),
    stringValue: score.dataType === 'BOOLEAN' ? (score.value === 1 ? 'True' : 'False') : score.stringValue,
    dataType: score.dataType,
  }
}

/**
 * A score as it stands in a list, beside what is known of its trace.
 *
 * @param score The score.
 * @param trace Its trace; undefined when it is not there, or the score is about something else.
 * @param api Which list.
 * @returns What to serialize.
 */
export function listedScoreJson(score: Score, trace: LegacyTrace | undefined, api: ScoreApi): Record<string, unknown> {
  const ofTrace = trace && {
    userId: trace.userId || null,
    tags: trace.tags,
    environment: trace.environment,
    ...(api === 'v2' && { sessionId: trace.sessionId || null }),
  }
  return { ...legacyScoreJson(score, api), trace: ofTrace ?? null }
}
