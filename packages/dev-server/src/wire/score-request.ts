import * as v from 'valibot'
import { SCORE_DATA_TYPES, SCORE_SOURCES, type ScoreDataType } from '../model/score.js'
import type { ScoreQuery } from '../store/score-query.js'
import { invalidData, type RequestIssue } from './api-error.js'
import { orAbsent } from './or-absent.js'
import { parseRequest, type QueryParams } from './parse-request.js'
import { decodeScoreCursor } from './score-cursor.js'
import { nonEmpty, splitList, TextList } from './text-list.js'

/** A group of fields of a score that can be asked for; `core` always comes along. */
export type ScoreFieldGroup = 'core' | 'details' | 'subject' | 'annotation'

/** What a request for scores asks for. */
export interface ScoreRequest {
  /** What to read: one more than the page holds, which tells whether there is a next one. */
  readonly query: ScoreQuery
  /** How many scores the page holds. */
  readonly limit: number
  readonly groups: ReadonlySet<ScoreFieldGroup>
}

const enumList = <T extends string>(values: readonly T[], label: string): v.GenericSchema<unknown, T[] | undefined> =>
  v.optional(
    v.pipe(
      v.string(),
      v.transform((text) => splitList(text)?.map((value) => value.toUpperCase()) ?? []),
      v.rawTransform(({ dataset, addIssue }) => {
        const allowed = values.filter((value) => dataset.value.includes(value))
        for (const value of dataset.value.filter((item) => !allowed.some((known) => known === item))) {
          addIssue({ message: `Invalid ${label} value: "${value}". Allowed: ${values.join(', ')}` })
        }
        return allowed
      }),
    ),
  )
const FiniteNumber = orAbsent(v.pipe(v.string(), v.transform(Number), v.number(), v.finite()))
const Timestamp = orAbsent(
  v.pipe(
    v.string(),
    v.transform((text) => new Date(text).getTime()),
    v.check((millis) => !Number.isNaN(millis), 'Invalid input: expected date, received Date'),
  ),
)
const FIELD_GROUPS = ['core', 'details', 'subject', 'annotation'] as const

// Unlike v2 observations, this endpoint refuses what it does not know.
const Params = v.strictObject({
  limit: orAbsent(v.pipe(v.string(), v.transform(Number), v.number(), v.integer(), v.minValue(1), v.maxValue(100))),
  fields: v.optional(
    v.pipe(
      v.string(),
      v.transform((text) => splitList(text) ?? ['core']),
      v.array(v.picklist(FIELD_GROUPS)),
    ),
    'core',
  ),
  cursor: v.optional(v.string()),
  id: TextList,
  name: TextList,
  source: enumList(SCORE_SOURCES, 'source'),
  dataType: enumList(SCORE_DATA_TYPES, 'dataType'),
  environment: TextList,
  configId: TextList,
  queueId: TextList,
  authorUserId: TextList,
  value: TextList,
  valueMin: FiniteNumber,
  valueMax: FiniteNumber,
  traceId: TextList,
  sessionId: TextList,
  observationId: TextList,
  experimentId: TextList,
  fromTimestamp: Timestamp,
  toTimestamp: Timestamp,
  userId: v.optional(v.string()),
  traceTags: v.optional(v.string()),
})

type Params = v.InferOutput<typeof Params>

/** What Langfuse answers with when the parameter is missing. */
const DEFAULT_LIMIT = 50

/**
 * Reads the parameters of `GET /api/public/v3/scores`.
 *
 * @param params The query parameters.
 * @returns What is asked for.
 * @throws {ApiError} 400 in Langfuse's words if a parameter is unknown, cannot be understood, or excludes another.
 */
export function parseScoreRequest(params: QueryParams): ScoreRequest {
  const parsed = parseRequest(Params, params)
  const problems = contradictions(parsed)
  if (problems.length > 0) throw invalidData(problems.map(asIssue))
  const limit = parsed.limit ?? DEFAULT_LIMIT
  return { limit, groups: new Set(parsed.fields), query: toQuery(parsed, limit + 1) }
}

function toQuery(parsed: Params, limit: number): ScoreQuery {
  return {
    limit,
    after: parsed.cursor === undefined ? undefined : decodeScoreCursor(parsed.cursor),
    ids: parsed.id,
    names: parsed.name,
    sources: nonEmpty(parsed.source),
    dataTypes: nonEmpty(parsed.dataType),
    environments: parsed.environment,
    configIds: parsed.configId,
    queueIds: parsed.queueId,
    authorUserIds: parsed.authorUserId,
    traceIds: parsed.traceId,
    sessionIds: parsed.sessionId,
    observationIds: parsed.observationId,
    datasetRunIds: parsed.experimentId,
    ...valueConditions(parsed.value, parsed.dataType?.[0]),
    minValue: parsed.valueMin,
    maxValue: parsed.valueMax,
    fromMillis: parsed.fromTimestamp,
    toMillis: parsed.toTimestamp,
  }
}

function valueConditions(
  values: readonly string[] | undefined,
  dataType: ScoreDataType | undefined,
): Pick<ScoreQuery, 'numbers' | 'strings'> {
  if (values === undefined) return {}
  if (dataType === 'CATEGORICAL') return { strings: values }
  return { numbers: values.map((value) => (dataType === 'BOOLEAN' ? Number(value === 'true') : Number(value))) }
}

function contradictions(parsed: Params): string[] {
  const problems: string[] = []
  for (const name of ['userId', 'traceTags'] as const) {
    if (parsed[name])
      problems.push(`${name} filter requires a trace JOIN and is not supported in v3 — use v2 or omit this filter`)
  }
  if (parsed.value !== undefined) problems.push(...valueProblems(parsed.value, parsed.dataType ?? []))
  const isNumeric = parsed.dataType?.length === 1 && parsed.dataType[0] === 'NUMERIC'
  if ((parsed.valueMin !== undefined || parsed.valueMax !== undefined) && !isNumeric) {
    problems.push('valueMin and valueMax require dataType=NUMERIC as a single value')
  }
  if (parsed.observationId !== undefined && parsed.traceId === undefined) {
    problems.push('observationId filter requires traceId — observation IDs are scoped to a trace')
  }
  if ([parsed.traceId, parsed.sessionId, parsed.experimentId].filter((list) => list !== undefined).length > 1) {
    problems.push('At most one of traceId, sessionId, experimentId may be specified')
  }
  return problems
}

function valueProblems(values: readonly string[], dataTypes: readonly ScoreDataType[]): string[] {
  const [dataType, ...others] = dataTypes
  if (dataType === undefined || others.length > 0) {
    return ['value filter requires a single dataType from: NUMERIC, BOOLEAN, CATEGORICAL']
  }
  if (dataType === 'NUMERIC') {
    const bad = values.filter((value) => !Number.isFinite(Number(value)))
    return bad.map(
      (value) => `value filter with dataType=NUMERIC requires each value to be a finite number (got "${value}")`,
    )
  }
  if (dataType === 'BOOLEAN') {
    const bad = values.filter((value) => value !== 'true' && value !== 'false')
    return bad.map(
      (value) => `value filter with dataType=BOOLEAN requires each value to be "true" or "false" (got "${value}")`,
    )
  }
  if (dataType === 'CATEGORICAL') return []
  return [`value filter requires dataType to be NUMERIC, BOOLEAN, or CATEGORICAL (got "${dataType}")`]
}

function asIssue(message: string): RequestIssue {
  return { code: 'custom', path: [], message }
}
