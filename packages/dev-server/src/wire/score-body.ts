import * as v from 'valibot'
import { isRecord } from '../is-record.js'
import { normalizeEnvironment } from '../mapping/environment.js'
import type { Score, ScoreDataType, ScoreSource } from '../model/score.js'
import { MAX_JSON_DEPTH, nestsTooDeep } from '../nests-too-deep.js'
import { invalidData } from './api-error.js'
import { parseRequest } from './parse-request.js'

/** Langfuse's limit for the value of a TEXT score, in characters. */
export const MAX_TEXT_LENGTH = 500

const MaybeText = v.nullish(v.string())
const Zero1 = v.pipe(
  v.number(),
  v.check((value) => value === 0 || value === 1, 'Value must be a number equal to either 0 or 1 for data type BOOLEAN'),
)
const Base = {
  id: MaybeText,
  name: v.pipe(v.string(), v.nonEmpty()),
  traceId: MaybeText,
  sessionId: MaybeText,
  datasetRunId: MaybeText,
  observationId: MaybeText,
  comment: MaybeText,
  metadata: v.optional(v.unknown()),
  environment: v.optional(v.unknown()),
  source: v.optional(v.picklist(['API', 'EVAL', 'ANNOTATION']), 'API'),
  configId: MaybeText,
  queueId: MaybeText,
}

const Shape = v.variant('dataType', [
  v.object({ ...Base, dataType: v.literal('NUMERIC'), value: v.number() }),
  v.object({ ...Base, dataType: v.literal('CATEGORICAL'), value: v.string() }),
  v.object({ ...Base, dataType: v.literal('BOOLEAN'), value: Zero1 }),
  v.object({ ...Base, dataType: v.literal('CORRECTION'), value: v.string() }),
  v.object({
    ...Base,
    dataType: v.literal('TEXT'),
    value: v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_TEXT_LENGTH)),
  }),
  v.object({ ...Base, dataType: v.optional(v.undefined()), value: v.union([v.string(), v.number()]) }),
])

/** A checked score body; which value goes with which data type has been checked as well. */
export interface ScoreBody {
  readonly id?: string | null | undefined
  readonly name: string
  readonly traceId?: string | null | undefined
  readonly sessionId?: string | null | undefined
  readonly datasetRunId?: string | null | undefined
  readonly observationId?: string | null | undefined
  readonly comment?: string | null | undefined
  readonly metadata?: unknown
  readonly environment?: unknown
  readonly source: ScoreSource
  readonly configId?: string | null | undefined
  readonly queueId?: string | null | undefined
  /** Undefined means: by the value, a number is NUMERIC and text CATEGORICAL. */
  readonly dataType?: ScoreDataType | undefined
  readonly value: number | string
  /** The number that a config gives to a category. */
  readonly categoryValue?: number
}

/**
 * Checks the body of `POST /api/public/scores` or of a `score-create` event.
 *
 * @param body What came in.
 * @returns The checked body.
 * @throws {ApiError} 400 with Langfuse's issue list if it is no score, or is not about exactly one thing.
 */
export function parseScoreBody(body: unknown): ScoreBody {
  const parsed: ScoreBody = parseRequest(Shape, body)
  if (!hasOneTarget(parsed)) {
    throw invalidData([
      {
        code: 'custom',
        path: ['traceId', 'sessionId', 'datasetRunId', 'observationId'],
        message:
          'Provide exactly one of the following: traceId (with optional observationId), sessionId or datasetRunId. ObservationId requires traceId.',
      },
    ])
  }
  if (parsed.source === 'ANNOTATION' && !parsed.configId && parsed.dataType !== 'CORRECTION') {
    const message = 'configId is required when source is ANNOTATION (except for CORRECTION scores).'
    throw invalidData([{ code: 'custom', path: ['configId'], message }])
  }
  return parsed
}

function hasOneTarget({ traceId, sessionId, datasetRunId, observationId }: ScoreBody): boolean {
  return [traceId, sessionId, datasetRunId].filter(Boolean).length === 1 && (!observationId || Boolean(traceId))
}

/**
 * What is wrong with a well-formed score. Langfuse finds some of this out after it has answered, and drops the score; saying
 * so at once is of more use here.
 *
 * @param body The checked body.
 * @returns The problem, or undefined.
 */
export function scoreProblem({ dataType, sessionId, datasetRunId, metadata }: ScoreBody): string | undefined {
  if (nestsTooDeep(metadata)) return `The metadata of a score may nest ${MAX_JSON_DEPTH} levels deep: send less`
  if (dataType !== 'CORRECTION' || (!sessionId && !datasetRunId)) return undefined
  const target = sessionId ? 'sessions' : 'dataset runs'
  return `CORRECTION scores cannot be associated with ${target}. Please associate with a trace or observation instead.`
}

/**
 * The score a body stands for.
 *
 * @param body The checked body.
 * @param id The id it gets: its own, or a new one.
 * @param timestampMillis When it was given.
 * @param nowMillis When it arrived.
 * @returns The score to store.
 */
export function toScore(body: ScoreBody, id: string, timestampMillis: number, nowMillis: number): Score {
  const dataType: ScoreDataType = body.dataType ?? (typeof body.value === 'number' ? 'NUMERIC' : 'CATEGORICAL')
  return {
    id,
    timestampMillis,
    createdAtMillis: nowMillis,
    updatedAtMillis: nowMillis,
    // Corrections all have one name: they correct the output.
    name: dataType === 'CORRECTION' ? 'output' : body.name,
    source: body.source,
    dataType,
    value: typeof body.value === 'number' ? body.value : (body.categoryValue ?? 0),
    stringValue: typeof body.value === 'string' ? body.value : null,
    environment: normalizeEnvironment(body.environment ?? ''),
    traceId: body.traceId || null,
    observationId: body.observationId || null,
    sessionId: body.sessionId || null,
    datasetRunId: body.datasetRunId || null,
    comment: body.comment ?? null,
    configId: body.configId ?? null,
    queueId: body.queueId ?? null,
    authorUserId: null,
    metadata: metadataRecord(body.metadata),
  }
}

/** Metadata is text by key; what is no object stands under the key `metadata`. */
function metadataRecord(metadata: unknown): Record<string, string> {
  if (metadata === undefined || metadata === null) return {}
  const entries = Object.entries(isRecord(metadata) ? metadata : { metadata })
  return Object.fromEntries(
    entries.map(([key, value]) => [key, typeof value === 'string' ? value : (JSON.stringify(value) ?? '')]),
  )
}
