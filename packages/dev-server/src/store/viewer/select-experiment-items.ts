import type { SqlCondition } from '../compile-condition.js'
import { sqlText } from '../sql-value.js'
import type { ExperimentRunItem } from './experiment-row.js'

/** An item is shown by its root span, which says of itself that it is one. */
export const IS_ITEM_ROOT = "details ->> '$.experiment.itemRootId' = id AND details ->> '$.experiment.itemId' <> ''"

/** Characters of a payload of an item: many stand side by side, and the trace has the rest. */
const MAX_PAYLOAD_LENGTH = 4000

/**
 * The statement that reads the items of an experiment, in the order in which they ran.
 *
 * @param experimentId The experiment.
 * @param limit How many at most.
 * @returns The SQL, whose rows {@link fromRunItemRecord} reads, and the values of its placeholders.
 */
export function selectExperimentItems(experimentId: string, limit: number): SqlCondition {
  return {
    sql: `SELECT details ->> '$.experiment.itemId', items.trace_id, id, items.start_millis, items.end_millis - items.start_millis,
        level = 'ERROR', coalesce(details ->> '$.statusMessage', ''), coalesce(total_cost, 0), coalesce(total_tokens, 0),
        substr(input, 1, ${MAX_PAYLOAD_LENGTH}), substr(output, 1, ${MAX_PAYLOAD_LENGTH}),
        substr(coalesce(details ->> '$.experiment.expectedOutput', ''), 1, ${MAX_PAYLOAD_LENGTH}),
        (SELECT json_group_array(json_array(name, value, comment)) FROM (
          SELECT name, coalesce(string_value, value) AS value, comment, max(timestamp_millis) FROM scores
          WHERE scores.trace_id = items.trace_id AND (scores.observation_id IS NULL OR scores.observation_id = items.id)
            AND data_type <> 'CORRECTION' GROUP BY name ORDER BY name
        ))
      FROM (
        SELECT * FROM observations WHERE experiment_id = ? AND experiment_id <> '' AND ${IS_ITEM_ROOT}
        ORDER BY start_millis, id, trace_id LIMIT ?
      ) AS items LEFT JOIN trace_summaries ON trace_summaries.trace_id = items.trace_id
      ORDER BY items.start_millis, 1, id, items.trace_id`,
    values: [sqlText(experimentId), limit],
  }
}

/**
 * An item from its row. The casts are sound because only the server writes these tables, whose columns are STRICT.
 *
 * @param row A row of {@link selectExperimentItems}, in raw mode.
 * @returns The item.
 */
export function fromRunItemRecord(row: readonly unknown[]): ExperimentRunItem {
  const text = (index: number): string => (row[index] ?? '') as string
  const number = (index: number): number => row[index] as number
  const scores = JSON.parse(text(12)) as [string, number | string, string | null][]
  return {
    itemId: text(0),
    traceId: text(1),
    observationId: text(2),
    startMillis: number(3),
    latencyMillis: number(4),
    isError: number(5) === 1,
    statusMessage: text(6),
    totalCost: number(7),
    totalTokens: number(8),
    input: text(9),
    output: text(10),
    expectedOutput: text(11),
    scores: scores.map(([name, value, comment]) => ({ name, value, comment })),
  }
}
