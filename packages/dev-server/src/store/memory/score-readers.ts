import type { LegacyTrace } from '../../model/legacy-trace.js'
import type { Score } from '../../model/score.js'
import { SCORE_FILTER_COLUMNS, type ScoreColumn } from '../score-filter-columns.js'
import type { ReadableColumns } from './where-all-hold.js'

/**
 * What scores are filtered on; some of it is that of their trace.
 *
 * @param traces All traces, by id.
 * @returns The columns.
 */
export function readableScores(traces: ReadonlyMap<string, LegacyTrace>): ReadableColumns<Score, ScoreColumn> {
  const traceOf = ({ traceId }: Score): LegacyTrace | undefined => traces.get(traceId ?? '')
  return {
    definitions: SCORE_FILTER_COLUMNS,
    readers: {
      id: ({ id }) => id,
      timestamp: ({ timestampMillis }) => timestampMillis,
      environment: ({ environment }) => environment,
      traceId: ({ traceId }) => traceId,
      observationId: ({ observationId }) => observationId ?? '',
      sessionId: ({ sessionId }) => sessionId,
      name: ({ name }) => name,
      evaluatorId: ({ metadata }) => metadata.evaluator_id || (metadata.job_configuration_id ?? ''),
      value: ({ value }) => value,
      booleanValue: ({ dataType, value }) => (dataType === 'BOOLEAN' ? String(value === 1) : ''),
      stringValue: (score) =>
        score.dataType === 'BOOLEAN' ? (score.value === 1 ? 'True' : 'False') : score.stringValue,
      source: ({ source }) => source,
      dataType: ({ dataType }) => dataType,
      comment: ({ comment }) => comment,
      authorUserId: ({ authorUserId }) => authorUserId,
      metadata: ({ metadata }) => metadata,
      traceName: (score) => traceOf(score)?.name || null,
      userId: (score) => traceOf(score)?.userId || null,
      traceTags: (score) => traceOf(score)?.tags ?? [],
    },
  }
}
