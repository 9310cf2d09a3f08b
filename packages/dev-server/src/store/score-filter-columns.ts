import type { Comparison } from './observation-query.js'

/** A column of a score, or of its trace in the form of Langfuse 3, that conditions can name. */
export type ScoreColumn =
  | 'id'
  | 'timestamp'
  | 'environment'
  | 'traceId'
  | 'observationId'
  | 'sessionId'
  | 'name'
  | 'evaluatorId'
  | 'value'
  | 'booleanValue'
  | 'stringValue'
  | 'source'
  | 'dataType'
  | 'comment'
  | 'authorUserId'
  | 'metadata'
  | 'traceName'
  | 'userId'
  | 'traceTags'

/** One condition on one column of a score. */
export type ScoreCondition = { readonly column: ScoreColumn } & Comparison

const ofTrace = (column: string): string =>
  `(SELECT ${column} FROM legacy_traces WHERE legacy_traces.id = scores.trace_id)`

/** What every column is made of. Expressions are constants of this file: nothing from a request becomes SQL. */
export const SCORE_FILTER_COLUMNS: Readonly<
  Record<ScoreColumn, { readonly sql: string; readonly emptyIsNull?: true }>
> = {
  id: { sql: 'id' },
  timestamp: { sql: 'timestamp_millis' },
  environment: { sql: 'environment' },
  traceId: { sql: 'trace_id' },
  observationId: { sql: "coalesce(observation_id, '')", emptyIsNull: true },
  sessionId: { sql: 'session_id' },
  name: { sql: 'name' },
  // The older name is that of an evaluator before it had an id of its own.
  evaluatorId: {
    sql: "coalesce(nullif(metadata ->> '$.evaluator_id', ''), metadata ->> '$.job_configuration_id', '')",
  },
  value: { sql: 'value' },
  booleanValue: {
    sql: "CASE WHEN data_type <> 'BOOLEAN' THEN '' WHEN value = 1 THEN 'true' ELSE 'false' END",
    emptyIsNull: true,
  },
  // Langfuse stores the text of what is true or false too.
  stringValue: {
    sql: "CASE WHEN data_type <> 'BOOLEAN' THEN string_value WHEN value = 1 THEN 'True' ELSE 'False' END",
  },
  source: { sql: 'source' },
  dataType: { sql: 'data_type' },
  comment: { sql: 'comment' },
  authorUserId: { sql: 'author_user_id' },
  metadata: { sql: 'metadata' },
  traceName: { sql: ofTrace("nullif(name, '')") },
  userId: { sql: ofTrace("nullif(user_id, '')") },
  traceTags: { sql: `coalesce(${ofTrace('tags')}, '[]')` },
}
