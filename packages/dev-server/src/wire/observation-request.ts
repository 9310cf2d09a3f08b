import * as v from 'valibot'
import { OBSERVATION_LEVELS } from '../model/observation-level.js'
import { OBSERVATION_TYPES } from '../model/observation-type.js'
import type { ObservationCondition, ObservationQuery } from '../store/observation-query.js'
import { DateTime } from './date-time.js'
import { type FieldGroup, parseFieldGroups } from './field-groups.js'
import { decodeObservationCursor } from './observation-cursor.js'
import { parseObservationFilter } from './observation-filter.js'
import { parseRequest, type QueryParams } from './parse-request.js'

/** What a request for observations asks for. */
export interface ObservationRequest {
  /** What to read: one row more than the page holds, which tells whether there is a next one. */
  readonly query: ObservationQuery
  /** How many rows the page holds. */
  readonly limit: number
  readonly groups: ReadonlySet<FieldGroup>
  /** Whether metadata values come uncut. */
  readonly isMetadataWhole: boolean
}

const Text = v.optional(v.string())

// Parameters that are not listed here are ignored, as in Langfuse.
const Params = v.object({
  fields: Text,
  expandMetadata: Text,
  limit: v.optional(
    v.pipe(v.string(), v.transform(Number), v.number(), v.integer(), v.minValue(0), v.maxValue(1000)),
    '50',
  ),
  cursor: Text,
  parseIoAsJson: v.optional(
    v.pipe(
      v.picklist(['true', 'false']),
      v.check(
        (value) => value !== 'true',
        'parseIoAsJson=true is no longer supported: input and output are always raw strings. Remove the parameter or set it to false.',
      ),
    ),
  ),
  filter: Text,
  traceId: Text,
  name: Text,
  userId: Text,
  sessionId: Text,
  version: Text,
  parentObservationId: Text,
  type: v.optional(v.picklist(OBSERVATION_TYPES)),
  level: v.optional(v.picklist(OBSERVATION_LEVELS)),
  environment: v.optional(v.union([v.string(), v.array(v.string())])),
  isRootObservation: v.optional(v.picklist(['true', 'false'])),
  fromStartTime: v.optional(DateTime),
  toStartTime: v.optional(DateTime),
})

/**
 * Reads the parameters of `GET /api/public/v2/observations`.
 *
 * @param params The query parameters.
 * @returns What is asked for.
 * @throws {ApiError} 400 in Langfuse's words if a parameter cannot be understood.
 */
export function parseObservationRequest(params: QueryParams): ObservationRequest {
  const parsed = parseRequest(Params, params)
  const groups = parseFieldGroups(parsed.fields)
  const filter = parseObservationFilter(parsed.filter)
  // A filter on a column replaces the plain parameters for the same column; the others still hold.
  const filtered = new Set(filter.map(({ column }) => column))
  const plain = plainConditions(parsed).filter(({ column }) => !filtered.has(column))
  const isExpanding = (parsed.expandMetadata ?? '').split(',').some((key) => key.trim() !== '')
  return {
    limit: parsed.limit,
    groups,
    // Naming one key brings all of them whole, and so does asking for input and output.
    isMetadataWhole: isExpanding || groups.has('io'),
    query: {
      conditions: [...filter, ...plain],
      after: parsed.cursor === undefined ? undefined : decodeObservationCursor(parsed.cursor),
      limit: parsed.limit + 1,
      parts: (['io', 'metadata'] as const).filter((part) => groups.has(part)),
    },
  }
}

function plainConditions(parsed: v.InferOutput<typeof Params>): ObservationCondition[] {
  const { environment, isRootObservation, fromStartTime, toStartTime } = parsed
  const conditions: ObservationCondition[] = []
  for (const column of TEXT_COLUMNS) {
    const value = parsed[column]
    if (value !== undefined) conditions.push({ column, type: 'text', operator: '=', value })
  }
  if (environment !== undefined) {
    const values = typeof environment === 'string' ? environment.split(',') : environment
    conditions.push({ column: 'environment', type: 'textList', operator: 'any of', values })
  }
  if (isRootObservation !== undefined) {
    const value = isRootObservation === 'true'
    conditions.push({ column: 'isRootObservation', type: 'boolean', operator: '=', value })
  }
  if (fromStartTime !== undefined) {
    conditions.push({ column: 'startTime', type: 'time', operator: '>=', millis: fromStartTime })
  }
  if (toStartTime !== undefined) {
    conditions.push({ column: 'startTime', type: 'time', operator: '<', millis: toStartTime })
  }
  return conditions
}

const TEXT_COLUMNS = [
  'traceId',
  'name',
  'userId',
  'sessionId',
  'version',
  'parentObservationId',
  'type',
  'level',
] as const
