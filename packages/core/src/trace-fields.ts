import { attempt } from './attempt.js'
import { PROMPT_NAME, PROMPT_VERSION } from './attributes/names.js'
import { MAX_FIELD_CHARACTERS } from './bounds.js'
import { warnOnce } from './log.js'
import { createContextKey } from './open-telemetry.js'
import { toTexts } from './serialize/to-content.js'
import type { TraceContextFields } from './trace-context.js'

/** Fields of a trace as they stand in a context, by their keys there: only what Langfuse takes. */
export type TraceFields = readonly (readonly [key: symbol, value: unknown])[]

/** What a field must be, and how it is read: `undefined` for what it cannot be. */
type Rule<T> = readonly [expected: string, read: (value: unknown) => T | undefined]

interface TraceField {
  readonly field: string
  readonly key: symbol
  readonly attribute: string
  readonly rule: Rule<unknown>
}

// Source: `@langfuse/core` 5.11, `ENVIRONMENT_VALUE_PATTERN`; the server lower-cases before it checks.
const ENVIRONMENT = /^(?!langfuse)[a-z0-9_-]{1,40}$/i

const TEXT: Rule<string> = [
  `text of at most ${MAX_FIELD_CHARACTERS} characters`,
  (value) => (typeof value === 'string' && value.length <= MAX_FIELD_CHARACTERS ? value : undefined),
]
const ENVIRONMENT_NAME: Rule<string> = [
  `text like ${ENVIRONMENT.source}`,
  (value) => TEXT[1](value)?.match(ENVIRONMENT)?.[0].toLowerCase(),
]
const TAGS: Rule<string[]> = [
  'a list',
  (value) => (Array.isArray(value) ? value.filter((tag) => checked('tag', tag, TEXT)) : undefined),
]
// As text: Langfuse's own code reads it from the context so.
const METADATA: Rule<object> = [
  'a record',
  (value) => (typeof value === 'object' && value && !Array.isArray(value) ? toTexts(value) : undefined),
]
const promptPart = (part: 'name' | 'version'): Rule<unknown> => [
  'a name and a whole version',
  (value) => {
    const prompt = value as { name: unknown; version: unknown }
    return TEXT[1](prompt.name) && Number.isInteger(prompt.version) ? prompt[part] : undefined
  },
]

/**
 * Each field, its key in an OpenTelemetry context, its attribute on a span, and what it must be.
 *
 * Context keys are `Symbol.for(description)`, so with these descriptions `@langfuse/core`'s `propagateAttributes` and we read what the other
 * wrote. Source: `@langfuse/core` 5.11, `LangfuseOtelContextKeys`; `release` has no key there. Attributes: as `attributes/names.ts`;
 * `user.id` and `session.id` are OpenTelemetry's own names, which Langfuse reads as well.
 */
export const TRACE_FIELDS: readonly TraceField[] = (
  [
    ['traceName', 'langfuse_trace_name', 'langfuse.trace.name', TEXT],
    ['userId', 'langfuse_user_id', 'user.id', TEXT],
    ['sessionId', 'langfuse_session_id', 'session.id', TEXT],
    ['environment', 'langfuse_environment', 'langfuse.environment', ENVIRONMENT_NAME],
    ['release', 'axion_release', 'langfuse.release', TEXT],
    ['version', 'langfuse_version', 'langfuse.version', TEXT],
    ['prompt', 'langfuse_prompt_name', PROMPT_NAME, promptPart('name')],
    ['prompt', 'langfuse_prompt_version', PROMPT_VERSION, promptPart('version')],
    ['tags', 'langfuse_tags', 'langfuse.trace.tags', TAGS],
    ['metadata', 'langfuse_metadata', 'langfuse.trace.metadata', METADATA],
  ] as const
).map(([field, name, attribute, rule]) => ({ field, key: createContextKey(name), attribute, rule }))

/**
 * Keeps what Langfuse would keep. Callers without types, and values from requests, may give anything: what cannot be is dropped, with one
 * warning for each field.
 *
 * @param fields - The caller's.
 * @throws Whatever a getter of the caller's throws.
 */
export function validTraceFields(fields: TraceContextFields): TraceFields {
  // Read one by one: the caller's record may be of a class, with getters.
  const given = fields as Readonly<Record<string, unknown>>
  return traceFields(({ field, rule }) => checked(field, given[field], rule))
}

/** The fields that have a value. */
export function traceFields(valueFor: (field: TraceField) => unknown): TraceFields {
  return TRACE_FIELDS.map((field) => [field.key, valueFor(field)] as const).filter(([, value]) => value !== undefined)
}

/** @returns `undefined` for what is no field, and, with a warning, for what cannot be one. */
function checked<T>(field: string, value: unknown, [expected, read]: Rule<T>): T | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const valid = attempt(() => read(value))
  if (valid === undefined) warnOnce(`Trace context: ${field} must be ${expected}, found ${typeof value}: dropped`)
  return valid
}
