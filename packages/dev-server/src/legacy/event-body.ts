import * as v from 'valibot'
import { OBSERVATION_LEVELS, type ObservationLevel } from '../model/observation-level.js'
import { OBSERVATION_TYPES, type ObservationType } from '../model/observation-type.js'
import { DateTime } from '../wire/date-time.js'
import { parseRequest } from '../wire/parse-request.js'

const Text = v.nullish(v.string())
const Time = v.nullish(DateTime)
const Fields = v.nullish(v.record(v.string(), v.unknown()))

const Named = {
  ...{ id: Text, name: Text, environment: Text, version: Text },
  ...{ metadata: v.optional(v.unknown()), input: v.optional(v.unknown()), output: v.optional(v.unknown()) },
}

const Trace = v.object({
  ...Named,
  ...{ userId: Text, sessionId: Text, release: Text, timestamp: Time },
  tags: v.nullish(v.array(v.string())),
  public: v.nullish(v.boolean()),
})

const Observation = v.object({
  ...Named,
  ...{ traceId: Text, parentObservationId: Text, statusMessage: Text, model: Text, promptName: Text },
  ...{ startTime: Time, endTime: Time, completionStartTime: Time },
  type: v.nullish(v.picklist(OBSERVATION_TYPES)),
  level: v.nullish(v.picklist(OBSERVATION_LEVELS)),
  promptVersion: v.nullish(v.pipe(v.number(), v.integer())),
  ...{ modelParameters: Fields, usage: Fields, usageDetails: Fields, costDetails: Fields },
})

type Maybe<T> = T | null | undefined

/** What bodies of events have in common. */
export interface NamedBody {
  readonly id?: Maybe<string>
  readonly name?: Maybe<string>
  readonly environment?: Maybe<string>
  readonly version?: Maybe<string>
  readonly metadata?: unknown
  readonly input?: unknown
  readonly output?: unknown
}

/** A checked body of a `trace-create` event. */
export interface TraceBody extends NamedBody {
  readonly userId?: Maybe<string>
  readonly sessionId?: Maybe<string>
  readonly release?: Maybe<string>
  /** Milliseconds since the epoch, as all times here. */
  readonly timestamp?: Maybe<number>
  readonly tags?: Maybe<readonly string[]>
  readonly public?: Maybe<boolean>
}

/** A checked body of an event about an observation; what its type does not have, such as the model of a span, may be there too. */
export interface ObservationBody extends NamedBody {
  readonly traceId?: Maybe<string>
  readonly parentObservationId?: Maybe<string>
  readonly statusMessage?: Maybe<string>
  readonly model?: Maybe<string>
  readonly promptName?: Maybe<string>
  readonly promptVersion?: Maybe<number>
  readonly startTime?: Maybe<number>
  readonly endTime?: Maybe<number>
  readonly completionStartTime?: Maybe<number>
  readonly type?: Maybe<ObservationType>
  readonly level?: Maybe<ObservationLevel>
  readonly modelParameters?: Maybe<Readonly<Record<string, unknown>>>
  readonly usage?: Maybe<Readonly<Record<string, unknown>>>
  readonly usageDetails?: Maybe<Readonly<Record<string, unknown>>>
  readonly costDetails?: Maybe<Readonly<Record<string, unknown>>>
}

/**
 * Checks the body of a `trace-create` event.
 *
 * @param body What came in.
 * @returns The checked body.
 * @throws {ApiError} 400 with Langfuse's issue list if it does not fit.
 */
export function parseTraceBody(body: unknown): TraceBody {
  return parseRequest(Trace, body)
}

/**
 * Checks the body of an event about an observation.
 *
 * @param body What came in.
 * @returns The checked body.
 * @throws {ApiError} 400 with Langfuse's issue list if it does not fit.
 */
export function parseObservationBody(body: unknown): ObservationBody {
  return parseRequest(Observation, body)
}

/** What an event is about. */
export type EventSubject =
  | { readonly kind: 'trace' }
  /** `type` is undefined where the body says it. */
  | { readonly kind: 'observation'; readonly type: ObservationType | undefined }

const OBSERVATION_EVENT = /^([a-z]+)-(create|update)$/

/** The types of observation that older clients change by events of their own. */
const UPDATED_TYPES = new Set(['SPAN', 'GENERATION'])

/**
 * What the events of a type are about.
 *
 * @param type The type of an event, such as `span-update`.
 * @returns The subject; undefined for events that Langfuse does not know, and for scores and logs.
 */
export function eventSubject(type: string): EventSubject | undefined {
  if (type === 'trace-create') return { kind: 'trace' }
  const [, name = '', verb] = OBSERVATION_EVENT.exec(type) ?? []
  if (name === 'observation') return { kind: 'observation', type: undefined }
  const found = OBSERVATION_TYPES.find((candidate) => candidate.toLowerCase() === name)
  if (found === undefined || (verb === 'update' && !UPDATED_TYPES.has(found))) return undefined
  return { kind: 'observation', type: found }
}
