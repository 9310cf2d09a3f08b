import type { SqlCondition } from './compile-condition.js'
import type { LatestScoreQuery } from './latest-score-query.js'
import { SCORE_COLUMNS } from './score-record.js'
import { sqlText } from './sql-value.js'

/**
 * The statement that reads the scores that were written last, so many of each experiment or trace. Corrections are no scores here.
 *
 * @param query What to read.
 * @returns The SQL and the values of its placeholders.
 */
export function selectLatestScores(query: LatestScoreQuery): SqlCondition {
  const target = targetOf(query)
  const group = query.about === 'experiments' ? 'dataset_run_id' : 'trace_id'
  const order = 'updated_millis DESC, timestamp_millis DESC, id DESC'
  const columns = SCORE_COLUMNS.join(', ')
  return {
    sql: `SELECT ${columns} FROM (
        SELECT ${columns}, row_number() OVER (PARTITION BY ${group} ORDER BY ${order}) AS place FROM scores
        WHERE ${target.sql} AND timestamp_millis >= ? AND timestamp_millis < ? AND data_type <> 'CORRECTION'
      ) WHERE place <= ? ORDER BY ${order}`,
    values: [...target.values, query.fromMillis, query.toMillis, query.limitEach],
  }
}

function targetOf(query: LatestScoreQuery): SqlCondition {
  if (query.about === 'experiments') {
    const sql = `dataset_run_id IN (${placeholders(query.experimentIds)})
      AND trace_id IS NULL AND observation_id IS NULL AND session_id IS NULL`
    return { sql, values: query.experimentIds.map(sqlText) }
  }
  const sql = `trace_id IN (${placeholders(query.traceIds)}) AND (observation_id IN (${placeholders(query.observationIds)})
    OR (observation_id IS NULL AND session_id IS NULL AND dataset_run_id IS NULL))`
  return { sql, values: [...query.traceIds, ...query.observationIds].map(sqlText) }
}

function placeholders(values: readonly string[]): string {
  return values.map(() => '?').join(', ')
}
