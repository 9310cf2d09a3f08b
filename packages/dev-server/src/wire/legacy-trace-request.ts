import * as v from 'valibot'
import { LEGACY_TRACE_ORDERS, type LegacyTraceOrder } from '../store/legacy-store.js'
import type { ObservationCondition } from '../store/observation-query.js'
import { invalidRequest } from './api-error.js'
import { anyOf, between, equals, ManyTexts, TimeParam } from './legacy-conditions.js'
import { LEGACY_TRACE_FILTER } from './legacy-filter-columns.js'
import { parseObservationFilter } from './observation-filter.js'
import { PageParams, type PageRequest } from './page-request.js'
import { parseRequest, type QueryParams } from './parse-request.js'

/** A group of fields of a trace that can be asked for; `core` always comes along. */
export type LegacyFieldGroup = 'core' | 'io' | 'scores' | 'observations' | 'metrics'

const FIELD_GROUPS: readonly LegacyFieldGroup[] = ['core', 'io', 'scores', 'observations', 'metrics']
const Text = v.optional(v.string())

const Params = v.object({
  ...PageParams,
  ...{
    name: Text,
    userId: Text,
    sessionId: Text,
    release: Text,
    version: Text,
    orderBy: Text,
    fields: Text,
    filter: Text,
  },
  ...{ tags: ManyTexts, environment: ManyTexts, fromTimestamp: TimeParam, toTimestamp: TimeParam },
})

/** What a request for traces asks for. */
export interface LegacyTraceRequest {
  readonly page: PageRequest
  readonly conditions: readonly ObservationCondition[]
  readonly order: LegacyTraceOrder
  readonly groups: ReadonlySet<LegacyFieldGroup>
}

/** What Langfuse answers with when the parameter is missing. */
const DEFAULT_LIMIT = 50

/**
 * Reads the parameters of `GET /api/public/traces`.
 *
 * @param params The query parameters.
 * @returns What is asked for.
 * @throws {ApiError} 400 in Langfuse's words if a parameter cannot be understood.
 */
export function parseLegacyTraceRequest(params: QueryParams): LegacyTraceRequest {
  const { page = 1, limit = DEFAULT_LIMIT, ...wanted } = parseRequest(Params, params)
  const { tags = [] } = wanted
  return {
    page: { page, limit },
    groups: parseLegacyFields(wanted.fields),
    order: parseOrder(wanted.orderBy),
    conditions: [
      ...equals('name', wanted.name),
      ...equals('userId', wanted.userId),
      ...equals('sessionId', wanted.sessionId),
      ...equals('release', wanted.release),
      ...equals('version', wanted.version),
      ...anyOf('environment', wanted.environment),
      ...(tags.length === 0 ? [] : [{ column: 'tags', type: 'array', operator: 'all of', values: tags } as const]),
      ...between('startTime', wanted.fromTimestamp, wanted.toTimestamp),
      ...parseObservationFilter(wanted.filter, LEGACY_TRACE_FILTER),
    ],
  }
}

/**
 * Reads the parameter `fields` of traces. What is not known is left out, as in Langfuse.
 *
 * @param fields The parameter; undefined asks for everything.
 * @returns The groups.
 */
export function parseLegacyFields(fields: string | undefined): ReadonlySet<LegacyFieldGroup> {
  if (!fields) return new Set(FIELD_GROUPS)
  const named = fields.split(',').map((field) => field.trim())
  return new Set(FIELD_GROUPS.filter((group) => group === 'core' || named.includes(group)))
}

function parseOrder(orderBy: string | undefined): LegacyTraceOrder {
  if (!orderBy) return { by: 'timestamp', direction: 'DESC' }
  const [column, direction] = orderBy.split('.')
  const by = LEGACY_TRACE_ORDERS.find((known) => known === column)
  if (by === undefined || (direction !== 'asc' && direction !== 'desc')) {
    throw invalidRequest(
      `Invalid orderBy: expected one of ${LEGACY_TRACE_ORDERS.join(', ')}, followed by .asc or .desc`,
    )
  }
  return { by, direction: direction === 'asc' ? 'ASC' : 'DESC' }
}
