import * as v from 'valibot'
import type { DailyQuery } from '../store/daily-metrics.js'
import type { ObservationCondition } from '../store/observation-query.js'
import { anyOf, between, equals, ManyTexts, TimeParam } from './legacy-conditions.js'
import { PageParams, type PageRequest } from './page-request.js'
import { parseRequest, type QueryParams } from './parse-request.js'

const Text = v.optional(v.string())
const Params = v.object({
  ...PageParams,
  ...{ traceName: Text, userId: Text, tags: ManyTexts, environment: ManyTexts },
  ...{ fromTimestamp: TimeParam, toTimestamp: TimeParam },
})

/** How long before its trace an observation may have begun, in milliseconds. */
const BEFORE_TRACE_MILLIS = 60 * 60 * 1000

/** What a request for daily metrics asks for. */
export interface DailyMetricsRequest {
  readonly page: PageRequest
  readonly query: DailyQuery
}

/**
 * Reads the parameters of `GET /api/public/metrics/daily`.
 *
 * @param params The query parameters.
 * @returns What is asked for.
 * @throws {ApiError} 400 in Langfuse's words if a parameter cannot be understood.
 */
export function parseDailyMetricsRequest(params: QueryParams): DailyMetricsRequest {
  const { page = 1, limit = 50, traceName, userId, tags = [], environment, ...time } = parseRequest(Params, params)
  const { fromTimestamp, toTimestamp } = time
  const traces: ObservationCondition[] = [
    ...equals('name', traceName),
    ...equals('userId', userId),
    ...(tags.length === 0 ? [] : [{ column: 'tags', type: 'array', operator: 'all of', values: tags } as const]),
    ...anyOf('environment', environment),
    ...between('startTime', fromTimestamp, toTimestamp),
  ]
  const begin = fromTimestamp === undefined ? undefined : fromTimestamp - BEFORE_TRACE_MILLIS
  const observations = [...anyOf('environment', environment), ...between('startTime', begin, undefined)]
  // As in Langfuse: asked for everything since some time, it does not look at the traces of observations.
  const isOfTraces = traces.length > (fromTimestamp === undefined ? 0 : 1)
  return { page: { page, limit }, query: { traces, observations, isOfTraces } }
}
