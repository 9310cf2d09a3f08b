import type { Score } from '../model/score.js'
import { isoTime } from './date-time.js'
import { PROJECT } from './identity.js'
import type { ScoreFieldGroup } from './score-request.js'
import { storedJson } from './stored-json.js'

/**
 * A score as `GET /api/public/v3/scores` shows it. The order of the keys is the recorded one.
 *
 * @param score The stored score.
 * @param groups The groups asked for; `core` is always in.
 * @returns What to serialize.
 */
export function scoreJson(score: Score, groups: ReadonlySet<ScoreFieldGroup>): Record<string, unknown> {
  return {
    id: score.id,
    projectId: PROJECT.id,
    name: score.name,
    source: score.source,
    timestamp: isoTime(score.timestampMillis),
    environment: score.environment,
    createdAt: isoTime(score.createdAtMillis),
    updatedAt: isoTime(score.updatedAtMillis),
    ...(groups.has('details') && { comment: score.comment, configId: score.configId, metadata: metadata(score) }),
    ...(groups.has('annotation') && { authorUserId: score.authorUserId, queueId: score.queueId }),
    ...(groups.has('subject') && { subject: subject(score) }),
    dataType: score.dataType,
    value: value(score),
  }
}

function metadata(score: Score): Record<string, unknown> {
  return Object.fromEntries(Object.entries(score.metadata).map(([key, text]) => [key, storedJson(text)]))
}

/** What a score is about; a dataset run is called an experiment since v4. */
function subject({ traceId, observationId, sessionId, datasetRunId }: Score): Record<string, unknown> {
  if (datasetRunId !== null) return { kind: 'experiment', id: datasetRunId }
  if (observationId !== null) return { kind: 'observation', id: observationId, ...(traceId !== null && { traceId }) }
  return sessionId === null ? { kind: 'trace', id: traceId } : { kind: 'session', id: sessionId }
}

function value(score: Score): number | boolean | string | null {
  if (score.dataType === 'NUMERIC') return score.value
  return score.dataType === 'BOOLEAN' ? score.value === 1 : score.stringValue
}
