import type { ObservationCondition, ObservationQuery } from '../store/observation-query.js'
import { parseExperimentParams } from './experiment-params.js'
import type { QueryParams } from './parse-request.js'

/** A group of fields of an experiment item that can be asked for; `core` always comes along. */
export type ExperimentItemFieldGroup = (typeof LIST.groups)[number]

/** What a request for experiment items asks for. */
export interface ExperimentItemRequest {
  /** What to read: one more than the page holds, which tells whether there is a next one. */
  readonly query: ObservationQuery
  readonly limit: number
  readonly scoreLimit: number
  readonly groups: ReadonlySet<ExperimentItemFieldGroup>
}

const LIST = {
  groups: ['core', 'dataset', 'io', 'metadata', 'itemMetadata', 'experimentMetadata', 'scores'],
  defaultGroups: ['core', 'dataset'],
  columns: {
    experimentId: 'experimentId',
    experimentName: 'experimentName',
    experimentItemId: 'experimentItemId',
    datasetId: 'experimentDatasetId',
  },
} as const

/** An item is shown by its root span, which says of itself that it is one. */
const IS_ITEM: readonly ObservationCondition[] = [
  { column: 'experimentId', type: 'null', operator: 'is not null' },
  { column: 'experimentItemId', type: 'null', operator: 'is not null' },
  { column: 'isExperimentItemRootSpan', type: 'boolean', operator: '=', value: true },
]

/**
 * Reads the parameters of `GET /api/public/experiment-items`.
 *
 * @param params The query parameters.
 * @returns What is asked for.
 * @throws {ApiError} 400 in Langfuse's words if a parameter is missing or cannot be understood.
 */
export function parseExperimentItemRequest(params: QueryParams): ExperimentItemRequest {
  const { groups, limit, scoreLimit, cursor, fromMillis, toMillis, conditions } = parseExperimentParams<
    (typeof LIST.groups)[number]
  >(params, LIST)
  const from: ObservationCondition = { column: 'startTime', type: 'time', operator: '>=', millis: fromMillis }
  const to: readonly ObservationCondition[] =
    toMillis === undefined ? [] : [{ column: 'startTime', type: 'time', operator: '<', millis: toMillis }]
  return {
    groups,
    limit,
    scoreLimit,
    query: {
      conditions: [...IS_ITEM, from, ...to, ...conditions],
      after: cursor,
      limit: limit + 1,
      parts: (['io', 'metadata'] as const).filter((part) => groups.has(part)),
    },
  }
}
