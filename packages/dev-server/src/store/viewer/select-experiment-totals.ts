import type { SqlCondition } from '../compile-condition.js'
import { sqlText } from '../sql-value.js'
import type { ExperimentTotals, MeanScore } from './experiment-row.js'
import { IS_ITEM_ROOT } from './select-experiment-items.js'

/**
 * The statement that sums up the items of experiments.
 *
 * @param experimentIds Which experiments.
 * @returns The SQL, whose rows {@link fromTotalsRecord} reads, and the values of its placeholders.
 */
export function selectExperimentTotals(experimentIds: readonly string[]): SqlCondition {
  return {
    sql: `WITH items AS MATERIALIZED (
        SELECT experiment_id, trace_id, id, level, end_millis - start_millis AS latency
        FROM observations WHERE experiment_id IN (SELECT value FROM json_each(?1)) AND experiment_id <> '' AND ${IS_ITEM_ROOT}
      ), traces AS MATERIALIZED (
        SELECT experiment_id, total(total_cost) AS cost, total(total_tokens) AS tokens
        FROM (SELECT DISTINCT experiment_id, trace_id FROM items) JOIN trace_summaries USING (trace_id) GROUP BY experiment_id
      ), given AS MATERIALIZED (
        SELECT items.experiment_id, scores.name, scores.value FROM items CROSS JOIN scores ON scores.trace_id = items.trace_id
        WHERE (scores.observation_id IS NULL OR scores.observation_id = items.id) AND data_type IN ('NUMERIC', 'BOOLEAN')
        UNION ALL
        SELECT dataset_run_id, name, value FROM scores
        WHERE dataset_run_id IN (SELECT value FROM json_each(?1)) AND data_type IN ('NUMERIC', 'BOOLEAN')
      )
      SELECT items.experiment_id, count(*), sum(level = 'ERROR'), avg(latency), coalesce(traces.cost, 0), coalesce(traces.tokens, 0),
        (SELECT json_group_array(json_array(name, mean, total)) FROM (
          SELECT name, avg(value) AS mean, count(*) AS total FROM given WHERE given.experiment_id = items.experiment_id GROUP BY name ORDER BY name
        ))
      FROM items LEFT JOIN traces USING (experiment_id) GROUP BY items.experiment_id`,
    values: [sqlText(JSON.stringify(experimentIds))],
  }
}

/**
 * The sums from their row. The casts are sound because the statement is our own.
 *
 * @param row A row of {@link selectExperimentTotals}, in raw mode.
 * @returns The sums.
 */
export function fromTotalsRecord(row: readonly unknown[]): ExperimentTotals {
  const scores = JSON.parse(row[6] as string) as [string, number, number][]
  return {
    experimentId: row[0] as string,
    itemCount: row[1] as number,
    errorCount: row[2] as number,
    meanLatencyMillis: row[3] as number,
    totalCost: row[4] as number,
    totalTokens: row[5] as number,
    scores: scores.map(([name, mean, count]): MeanScore => ({ name, mean, count })),
  }
}
