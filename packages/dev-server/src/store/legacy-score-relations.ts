import type { MetricDimension } from './metric-view.js'
import { joined, type ScoreRelations } from './score-metrics.js'

const orNull = (sql: string): MetricDimension => ({ sql, type: 'string', emptyIsNull: true })
const detail = (path: string): string => `coalesce(observation.details ->> '$.${path}', '')`
const PROMPT_VERSION = "(observation.details ->> '$.promptVersion')"

/** What scores are about in Langfuse 3. Names are those of its data model of metrics, version 1; a session is that of the trace there. */
export const LEGACY_SCORE_RELATIONS: ScoreRelations = {
  joins: {
    trace:
      'JOIN legacy_traces AS trace ON trace.id = scores.trace_id AND trace.timestamp_millis >= ?1 AND trace.timestamp_millis <= ?2',
    observation: `JOIN legacy_observations AS observation ON observation.trace_id = scores.trace_id
      AND observation.id = scores.observation_id AND observation.start_millis >= ?1 AND observation.start_millis <= ?2`,
  },
  dimensions: [
    ...joined('trace', [
      ['traceName', orNull('trace.name')],
      ['tags', { sql: 'trace.tags', type: 'array' }],
      ['userId', orNull('trace.user_id')],
      ['sessionId', orNull('trace.session_id')],
      ['traceRelease', orNull('trace.release')],
      ['traceVersion', orNull('trace.version')],
    ]),
    ...joined('observation', [
      ['observationName', { sql: 'observation.name', type: 'string' }],
      ['observationModelName', orNull(detail('model'))],
      ['observationPromptName', orNull(detail('promptName'))],
      [
        'observationPromptVersion',
        { sql: PROMPT_VERSION, type: 'string', isNullable: true, filterSql: `CAST(${PROMPT_VERSION} AS TEXT)` },
      ],
    ]),
  ],
}
