import type { Score, ScoreDataType, ScoreSource } from '../model/score.js'
import { type SqlValue, sqlJson, sqlText } from './sql-value.js'

/** The columns of the table, in the order in which {@link toScoreRecord} gives them. */
export const SCORE_COLUMNS: readonly string[] = [
  ...[
    'id',
    'timestamp_millis',
    'created_millis',
    'updated_millis',
    'name',
    'source',
    'data_type',
    'value',
    'string_value',
  ],
  ...['environment', 'trace_id', 'observation_id', 'session_id', 'dataset_run_id', 'comment', 'config_id', 'queue_id'],
  ...['author_user_id', 'metadata'],
]

/**
 * A score as a row of the table.
 *
 * @param score The score.
 * @returns A value for each of {@link SCORE_COLUMNS}.
 */
export function toScoreRecord(score: Score): SqlValue[] {
  const text = (value: string | null): string | null => (value === null ? null : sqlText(value))
  return [
    sqlText(score.id),
    score.timestampMillis,
    score.createdAtMillis,
    score.updatedAtMillis,
    sqlText(score.name),
    score.source,
    score.dataType,
    score.value,
    text(score.stringValue),
    score.environment,
    text(score.traceId),
    text(score.observationId),
    text(score.sessionId),
    text(score.datasetRunId),
    text(score.comment),
    text(score.configId),
    text(score.queueId),
    text(score.authorUserId),
    sqlJson(score.metadata),
  ]
}

/**
 * The score of a row. The casts are sound because only {@link toScoreRecord} writes the table, whose columns are STRICT.
 *
 * @param row A row of all {@link SCORE_COLUMNS}, in raw mode.
 * @returns The score.
 */
export function fromScoreRecord(row: readonly unknown[]): Score {
  const text = (index: number): string | null => row[index] as string | null
  return {
    id: row[0] as string,
    timestampMillis: row[1] as number,
    createdAtMillis: row[2] as number,
    updatedAtMillis: row[3] as number,
    name: row[4] as string,
    source: row[5] as ScoreSource,
    dataType: row[6] as ScoreDataType,
    value: row[7] as number,
    stringValue: text(8),
    environment: row[9] as string,
    traceId: text(10),
    observationId: text(11),
    sessionId: text(12),
    datasetRunId: text(13),
    comment: text(14),
    configId: text(15),
    queueId: text(16),
    authorUserId: text(17),
    metadata: JSON.parse(row[18] as string) as Score['metadata'],
  }
}
