import type { Score } from '@axion/loader'
import type { TimedScore } from '../send/post-scores.js'

/**
 * Puts a score that was read into the form in which it is sent, with its id.
 *
 * @param score - The score.
 * @returns The score to send.
 */
export function scoreOfTrace(score: Score): TimedScore {
  const { id, name, dataType, value, traceId, observationId, sessionId, experimentId, comment, environment } = score
  const source = score.source === 'EVAL' ? { source: score.source } : {}
  return {
    score: {
      id,
      name,
      dataType,
      value: typeof value === 'boolean' ? Number(value) : value,
      ...(traceId === null ? {} : { traceId }),
      ...(observationId === null ? {} : { observationId }),
      ...(sessionId === null ? {} : { sessionId }),
      ...(experimentId === null ? {} : { datasetRunId: experimentId }),
      ...(comment === null ? {} : { comment }),
      ...(environment === null ? {} : { environment }),
      // An annotation must name its config, which the other project does not have.
      ...source,
      metadata: score.metadata,
    },
    timestampMillis: score.timestamp.getTime(),
  }
}
