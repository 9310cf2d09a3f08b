import type { Db } from '../db.js'
import { readRows } from '../read-rows.js'
import type { ChartDimension } from './chart.js'
import type { ChartWindow } from './chart-source.js'
import type { ScoreGroup } from './draw-score-charts.js'
import type { TimeBuckets } from './time-buckets.js'

/** Scores that are looked at, the newest. */
const MAX_SCORES = 50_000

/** Which scores to read. */
export interface ScoreGroupQuery {
  readonly by: ChartDimension
  readonly window: ChartWindow
  readonly buckets: TimeBuckets
}

/** A model has the scores of its calls, and those of whole traces in which it was called. */
const MODELS = `SELECT DISTINCT recent.id, recent.name AS score, recent.value, called.details ->> '$.model' AS name, trace_summaries.start_millis
  FROM recent JOIN trace_summaries USING (trace_id)
  JOIN observations AS called ON called.trace_id = recent.trace_id AND (recent.observation_id IS NULL OR recent.observation_id = called.id)
  WHERE called.details ->> '$.model' <> ''`

const NAMES = `SELECT recent.name AS score, recent.value, trace_summaries.name AS name, trace_summaries.start_millis
  FROM recent JOIN trace_summaries USING (trace_id) WHERE TRUE`

/**
 * Reads numeric and boolean scores over time. A score counts for the time at which its trace began: it is judged later, often all at once.
 *
 * @param db The connection.
 * @param query Which scores.
 * @returns The scores, summed up.
 */
export function readScoreGroups(db: Db, { by, window, buckets }: ScoreGroupQuery): ScoreGroup[] {
  const sql = `WITH recent AS MATERIALIZED (
      SELECT id, name, value, trace_id, observation_id FROM scores
      WHERE trace_id IS NOT NULL AND data_type IN ('NUMERIC', 'BOOLEAN') ORDER BY timestamp_millis DESC, id DESC LIMIT ${MAX_SCORES}
    )
    SELECT score, name, CAST((start_millis - ?3) / ?4 AS INTEGER), count(*), total(value) FROM (${by === 'name' ? NAMES : MODELS})
    WHERE start_millis >= ?1 AND start_millis < ?2 GROUP BY 1, 2, 3`
  const { fromMillis, bucketMillis } = buckets
  const values = [window.fromMillis, window.toMillis, fromMillis, bucketMillis]
  return readRows(db, { sql, values }).map(([score, name, bucket, count, sum]) => ({
    score: String(score),
    name: String(name),
    bucket: Number(bucket),
    count: Number(count),
    sum: Number(sum),
  }))
}
