import type { ScoreColumn, ScoreCondition } from '../store/score-filter-columns.js'
import type { FilterColumn, FilterColumnType } from './filter-columns.js'
import { parseConditions } from './observation-filter.js'

type Row = readonly [id: string, label: string, type: FilterColumnType, column: ScoreColumn]

// Ids, labels and types are those of Langfuse 4.16's table of scores; a filter may name a column by either.
const ROWS: readonly Row[] = [
  ['id', 'ID', 'string', 'id'],
  ['timestamp', 'Timestamp', 'datetime', 'timestamp'],
  ['environment', 'Environment', 'stringOptions', 'environment'],
  ['traceId', 'Trace ID', 'string', 'traceId'],
  ['observationId', 'Observation ID', 'string', 'observationId'],
  ['sessionId', 'Session ID', 'string', 'sessionId'],
  ['name', 'Name', 'stringOptions', 'name'],
  ['evaluatorId', 'Evaluator ID', 'stringOptions', 'evaluatorId'],
  ['value', 'Value', 'number', 'value'],
  ['booleanValue', 'Boolean Value', 'stringOptions', 'booleanValue'],
  ['stringValue', 'String Value', 'stringOptions', 'stringValue'],
  ['source', 'Source', 'stringOptions', 'source'],
  ['dataType', 'Data Type', 'stringOptions', 'dataType'],
  ['comment', 'Comment', 'string', 'comment'],
  ['authorUserId', 'Author User ID', 'string', 'authorUserId'],
  ['metadata', 'Metadata', 'stringObject', 'metadata'],
  ['traceName', 'Trace Name', 'stringOptions', 'traceName'],
  ['userId', 'User ID', 'stringOptions', 'userId'],
  ['trace_tags', 'Trace Tags', 'arrayOptions', 'traceTags'],
]

const COLUMNS: ReadonlyMap<string, FilterColumn<ScoreColumn>> = new Map(
  ROWS.flatMap(([id, label, type, column]) => [
    [id, { column, type }],
    [label, { column, type }],
  ]),
)

/**
 * Reads the parameter `filter` of `GET /api/public/v2/scores`: a JSON array of conditions, all of which must hold.
 *
 * @param filter The parameter, or undefined.
 * @returns The conditions.
 * @throws {ApiError} 400 in Langfuse's words if it is no JSON, a condition has the wrong shape, or a column does not exist
 * or does not take it.
 */
export function parseLegacyScoreFilter(filter: string | undefined): ScoreCondition[] {
  return parseConditions(filter, COLUMNS)
}
