import type { ExperimentQuery } from '../store/experiment-query.js'
import { parseExperimentParams } from './experiment-params.js'
import type { QueryParams } from './parse-request.js'

/** A group of fields of an experiment that can be asked for; `core` always comes along. */
export type ExperimentFieldGroup = 'core' | 'metadata' | 'scores'

/** What a request for experiments asks for. */
export interface ExperimentRequest {
  /** What to read: one more than the page holds, which tells whether there is a next one. */
  readonly query: ExperimentQuery
  readonly limit: number
  readonly scoreLimit: number
  readonly groups: ReadonlySet<ExperimentFieldGroup>
}

const LIST = {
  groups: ['core', 'metadata', 'scores'],
  defaultGroups: ['core'],
  columns: { id: 'experimentId', name: 'experimentName', datasetId: 'experimentDatasetId' },
} as const

/**
 * Reads the parameters of `GET /api/public/experiments`.
 *
 * @param params The query parameters.
 * @returns What is asked for.
 * @throws {ApiError} 400 in Langfuse's words if a parameter is missing or cannot be understood.
 */
export function parseExperimentRequest(params: QueryParams): ExperimentRequest {
  const { groups, limit, scoreLimit, cursor, fromMillis, toMillis, conditions } = parseExperimentParams<
    (typeof LIST.groups)[number]
  >(params, LIST)
  const after = cursor && { newestStartMillis: cursor.startTimeMillis, experimentId: cursor.experimentId }
  return { groups, limit, scoreLimit, query: { fromMillis, toMillis, conditions, after, limit: limit + 1 } }
}
