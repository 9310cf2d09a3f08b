import * as v from 'valibot'
import { SCORE_DATA_TYPES, SCORE_SOURCES } from '../model/score.js'
import type { ScoreQuery } from '../store/score-query.js'
import { ManyTexts, TimeParam } from './legacy-conditions.js'
import { orAbsent } from './or-absent.js'
import { PageParams, type PageRequest } from './page-request.js'
import { parseRequest, type QueryParams } from './parse-request.js'
import { TextList } from './text-list.js'

const Text = v.optional(v.string())

const Params = v.object({
  ...PageParams,
  ...{ userId: Text, name: Text, traceId: Text, sessionId: Text, observationId: Text, datasetRunId: Text },
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
  /** The user of the trace a score is about. */
  readonly userId: string | undefined
  /** Tags the trace must have, all of them. */
  readonly traceTags: readonly string[]
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
  const { operator, value } = wanted
  return {
    page: { page, limit },
    userId: wanted.userId || undefined,
    traceTags: wanted.traceTags ?? [],
    fitsValue: operator === undefined || value === undefined ? () => true : (found) => COMPARE[operator](found, value),
    query: {
      ids: wanted.scoreIds,
      names: one(wanted.name),
      traceIds: one(wanted.traceId),
      sessionIds: one(wanted.sessionId),
      observationIds: one(wanted.observationId),
      datasetRunIds: one(wanted.datasetRunId),
      configIds: one(wanted.configId),
      queueIds: one(wanted.queueId),
      sources: one(wanted.source),
      dataTypes: one(wanted.dataType),
      environments: wanted.environment?.length === 0 ? undefined : wanted.environment,
      fromMillis: wanted.fromTimestamp,
      toMillis: wanted.toTimestamp,
    },
  }
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
