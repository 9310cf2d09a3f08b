import * as v from 'valibot'
import { OBSERVATION_LEVELS } from '../model/observation-level.js'
import { OBSERVATION_TYPES } from '../model/observation-type.js'
import type { ObservationCondition } from '../store/observation-query.js'
import { anyOf, between, equals, ManyTexts, TimeParam } from './legacy-conditions.js'
import { LEGACY_OBSERVATION_FILTER } from './legacy-filter-columns.js'
import { parseObservationFilter } from './observation-filter.js'
import { orAbsent } from './or-absent.js'
import { PageParams, type PageRequest } from './page-request.js'
import { parseRequest, type QueryParams } from './parse-request.js'

const Text = v.optional(v.string())

const Params = v.object({
  ...PageParams,
  ...{ name: Text, userId: Text, traceId: Text, parentObservationId: Text, version: Text, filter: Text },
  type: orAbsent(v.picklist(OBSERVATION_TYPES)),
  level: orAbsent(v.picklist(OBSERVATION_LEVELS)),
  ...{ environment: ManyTexts, fromStartTime: TimeParam, toStartTime: TimeParam },
})

/** What a request for observations asks for. */
export interface LegacyObservationRequest {
  readonly page: PageRequest
  readonly conditions: readonly ObservationCondition[]
}

/** What Langfuse answers with when the parameter is missing. */
const DEFAULT_LIMIT = 50

/**
 * Reads the parameters of `GET /api/public/observations`.
 *
 * @param params The query parameters.
 * @returns What is asked for.
 * @throws {ApiError} 400 in Langfuse's words if a parameter cannot be understood.
 */
export function parseLegacyObservationRequest(params: QueryParams): LegacyObservationRequest {
  const { page = 1, limit = DEFAULT_LIMIT, ...wanted } = parseRequest(Params, params)
  return {
    page: { page, limit },
    conditions: [
      ...equals('name', wanted.name),
      ...equals('userId', wanted.userId),
      ...equals('traceId', wanted.traceId),
      ...equals('parentObservationId', wanted.parentObservationId),
      ...equals('version', wanted.version),
      ...equals('type', wanted.type),
      ...equals('level', wanted.level),
      ...anyOf('environment', wanted.environment),
      ...between('startTime', wanted.fromStartTime, wanted.toStartTime),
      ...parseObservationFilter(wanted.filter, LEGACY_OBSERVATION_FILTER),
    ],
  }
}
