import * as v from 'valibot'
import { SCORE_DATA_TYPES, SCORE_SOURCES } from '../model/score.js'
import type { ScoreColumn } from '../store/score-filter-columns.js'
import type { ScoreQuery } from '../store/score-query.js'
import { invalidRequest } from './api-error.js'
import { ManyTexts, TimeParam } from './legacy-conditions.js'
import { parseLegacyScoreFilter } from './legacy-score-filter.js'
import { orAbsent } from './or-absent.js'
import { PageParams, type PageRequest } from './page-request.js'
import { parseRequest, type QueryParams } from './parse-request.js'
import { splitList, TextList } from './text-list.js'

const Text = v.optional(v.string())

const Params = v.object({
  ...PageParams,
  ...{ userId: Text, name: Text, traceId: Text, sessionId: Text, observationId: TextList, datasetRunId: Text },
  ...{ fields: Text, filter: Text },
  ...{ configId: Text, queueId: Text, scoreIds: TextList, traceTags: ManyTexts, environment: ManyTexts },
  source: orAbsent(v.picklist(SCORE_SOURCES)),
  dataType: orAbsent(v.picklist(SCORE_DATA_TYPES)),
  operator: orAbsent(v.picklist(['<', '>', '<=', '>=', '!=', '='])),
  value: orAbsent(v.pipe(v.string(), v.transform(Number), v.number(), v.finite())),
  ...{ fromTimestamp: TimeParam, toTimestamp: TimeParam },
})

/** What a request for scores asks for. */
export interface LegacyScoreRequest {
  readonly page: PageRequest
  /** All but what depends on something the store of scores does not know. */
  readonly query: Omit<ScoreQuery, 'limit'>
  /** Whether the trace is shown: then a score whose trace is not there is not shown either. */
  readonly hasTrace: boolean
  /** The user of the trace a score is about. */
  readonly userId: string | undefined
  /** Tags the trace must have, all of them. */
  readonly traceTags: readonly string[]
  /** Environments of which the trace must have one. */
  readonly traceEnvironments: readonly string[]
  /** Whether the number of a score fits. */
  readonly fitsValue: (value: number) => boolean
}

/** What Langfuse answers with when the parameter is missing. */
const DEFAULT_LIMIT = 50

/**
 * Reads the parameters of `GET /api/public/v2/scores` and `GET /api/public/scores`.
 *
 * @param params The query parameters.
 * @returns What is asked for.
 * @throws {ApiError} 400 in Langfuse's words if a parameter cannot be understood.
 */
export function parseLegacyScoreRequest(params: QueryParams): LegacyScoreRequest {
  const { page = 1, limit = DEFAULT_LIMIT, ...wanted } = parseRequest(Params, params)
  const { operator, value, userId, traceTags = [], environment = [] } = wanted
  const conditions = parseLegacyScoreFilter(wanted.filter)
  const hasTrace = includesTrace(wanted.fields, Boolean(userId) || traceTags.length > 0)
  // A condition of the filter replaces the parameter for the same column.
  const filtered = new Set<string>(conditions.map(({ column }) => column))
  const unless = <T>(column: ScoreColumn, values: T): T | undefined => (filtered.has(column) ? undefined : values)
  const comparesValue = operator !== undefined && value !== undefined && !filtered.has('value')
  return {
    page: { page, limit },
    hasTrace,
    userId: userId || undefined,
    traceTags,
    traceEnvironments: userId || traceTags.length > 0 ? environment : [],
    fitsValue: comparesValue ? (found) => COMPARE[operator](found, value) : () => true,
    query: {
      ids: unless('id', wanted.scoreIds),
      names: unless('name', one(wanted.name)),
      traceIds: unless('traceId', one(wanted.traceId)),
      sessionIds: unless('sessionId', one(wanted.sessionId)),
      observationIds: unless('observationId', wanted.observationId),
      datasetRunIds: one(wanted.datasetRunId),
      configIds: one(wanted.configId),
      queueIds: one(wanted.queueId),
      sources: unless('source', one(wanted.source)),
      dataTypes: unless('dataType', one(wanted.dataType)),
      environments: unless('environment', environment.length === 0 ? undefined : environment),
      fromMillis: unless('timestamp', wanted.fromTimestamp),
      toMillis: unless('timestamp', wanted.toTimestamp),
      conditions,
    },
  }
}

/** Which groups of fields are asked for; names that are none do not count. */
function includesTrace(fields: string | undefined, isAboutTraces: boolean): boolean {
  const known = splitList(fields ?? '')?.filter((name) => name === 'score' || name === 'trace') ?? []
  if (known.length > 0 && !known.includes('score')) throw invalidRequest('Scores needs to be selected always.')
  const hasTrace = known.length === 0 || known.includes('trace')
  if (!hasTrace && isAboutTraces) {
    throw invalidRequest(
      "Cannot filter by trace properties (userId, traceTags) when 'trace' field is not included. Please add 'trace' to the fields parameter or remove trace filters.",
    )
  }
  return hasTrace
}

function one<T extends string>(value: T | undefined): readonly T[] | undefined {
  return value ? [value] : undefined
}

const COMPARE: Readonly<Record<'<' | '>' | '<=' | '>=' | '!=' | '=', (found: number, value: number) => boolean>> = {
  '<': (found, value) => found < value,
  '>': (found, value) => found > value,
  '<=': (found, value) => found <= value,
  '>=': (found, value) => found >= value,
  '!=': (found, value) => found !== value,
  '=': (found, value) => found === value,
}
