import type { ExperimentSummary } from '../model/experiment-summary.js'
import type { ObservationDetails } from '../model/observation.js'
import { compileCondition, type SqlCondition } from './compile-condition.js'
import type { ExperimentQuery } from './experiment-query.js'
import { sqlText } from './sql-value.js'

/**
 * The statement that sums up the experiments a query asks for, the one with the newest observation first.
 *
 * What all observations of an experiment should agree on is taken from one of them, as in Langfuse, which promises nothing about
 * which. It is the first in the order in which Langfuse stores them, as was recorded: often a child, which has no description.
 *
 * @param query What to read.
 * @returns The SQL and the values of its placeholders.
 */
export function selectExperiments(query: ExperimentQuery): SqlCondition {
  const window = windowOf(query)
  const conditions = [window, ...query.conditions.map((condition) => compileCondition(condition))]
  const { after } = query
  return {
    sql: `
      WITH newest AS (
        SELECT experiment_id, start_millis, trace_id, id,
          row_number() OVER (PARTITION BY experiment_id ORDER BY start_millis DESC, id DESC, trace_id DESC) AS place
        FROM observations WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}
      ), page AS (
        SELECT experiment_id AS page_id, start_millis AS newest_millis, trace_id AS newest_trace_id, id AS newest_id
        FROM newest WHERE place = 1 ${after === undefined ? '' : 'AND (start_millis, experiment_id) < (?, ?)'}
        ORDER BY start_millis DESC, experiment_id DESC LIMIT ?
      )
      SELECT page_id, newest_millis, newest_trace_id, newest_id, min(start_millis), max(max(start_millis, end_millis)),
        count(DISTINCT CASE WHEN details ->> '$.experiment.itemRootId' = id THEN id END),
        (SELECT details FROM observations WHERE experiment_id = page_id AND ${window.sql}
          ORDER BY start_millis / 60000, trace_hash, id LIMIT 1)
      FROM page CROSS JOIN observations ON experiment_id = page_id WHERE ${window.sql}
      GROUP BY page_id ORDER BY newest_millis DESC, page_id DESC`,
    values: [
      ...conditions.flatMap(({ values }) => values),
      ...(after === undefined ? [] : [after.newestStartMillis, sqlText(after.experimentId)]),
      query.limit,
      ...window.values,
      ...window.values,
    ],
  }
}

/** The first condition lets the planner use the indices, which cover experiments alone. */
function windowOf({ fromMillis, toMillis }: ExperimentQuery): SqlCondition {
  const from = "experiment_id <> '' AND start_millis >= ?"
  return toMillis === undefined
    ? { sql: from, values: [fromMillis] }
    : { sql: `${from} AND start_millis < ?`, values: [fromMillis, toMillis] }
}

/**
 * The summary in a row of {@link selectExperiments}. The casts are sound because the table is STRICT and the statement our own.
 *
 * @param row The row, in raw mode.
 * @returns The summary.
 */
export function fromExperimentRecord(row: readonly unknown[]): ExperimentSummary {
  const { experiment } = JSON.parse(row[7] as string) as ObservationDetails
  return {
    id: row[0] as string,
    name: experiment.name,
    description: experiment.description ?? '',
    datasetId: experiment.datasetId,
    metadata: experiment.metadata ?? {},
    startTimeMillis: row[4] as number,
    endTimeMillis: row[5] as number,
    itemCount: row[6] as number,
    newest: { startTimeMillis: row[1] as number, traceId: row[2] as string, id: row[3] as string },
  }
}
