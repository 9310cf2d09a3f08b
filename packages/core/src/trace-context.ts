import { type Attributes, type Context, context, createContextKey, trace } from '@opentelemetry/api'
import { LANGFUSE } from './attributes/names.js'
import { warnOnce } from './log.js'
import { toContent } from './serialize/to-content.js'

/** What stands on every span of a trace, because Langfuse v4 filters observations and not traces. */
export interface TraceContextFields {
  /** Name of the trace. @default the name of its first span */
  readonly traceName?: string
  /** At most 200 characters; a longer one is dropped with a warning. */
  readonly userId?: string
  /** At most 200 characters; a longer one is dropped with a warning. */
  readonly sessionId?: string
  /** Added to the tags that are there; at most 200 characters each. */
  readonly tags?: readonly string[]
  /** Merged over the metadata that is there. Values that are no strings become JSON. */
  readonly metadata?: Readonly<Record<string, unknown>>
  /** Lower case letters, digits, `-` and `_`; not beginning with `langfuse`. */
  readonly environment?: string
  readonly release?: string
  readonly version?: string
  /** The prompt that generations inside were made with. */
  readonly prompt?: { readonly name: string; readonly version: number }
}

/**
 * Where the fields live in an OpenTelemetry context. Context keys are `Symbol.for(description)`, so with these descriptions
 * `@langfuse/core`'s `propagateAttributes` and we read what the other wrote. Source: `@langfuse/core` 5.11, `LangfuseOtelContextKeys`;
 * `release` has no key there.
 */
const KEYS = {
  traceName: createContextKey('langfuse_trace_name'),
  userId: createContextKey('langfuse_user_id'),
  sessionId: createContextKey('langfuse_session_id'),
  tags: createContextKey('langfuse_tags'),
  metadata: createContextKey('langfuse_metadata'),
  environment: createContextKey('langfuse_environment'),
  version: createContextKey('langfuse_version'),
  promptName: createContextKey('langfuse_prompt_name'),
  promptVersion: createContextKey('langfuse_prompt_version'),
  release: createContextKey('axion_release'),
}

// Langfuse drops longer ones itself. Source: `@langfuse/core` 5.11, `isValidPropagatedString`.
const MAX_CHARACTERS = 200
// Source: `@langfuse/core` 5.11, `ENVIRONMENT_VALUE_PATTERN`; the server lower-cases before it checks.
const ENVIRONMENT = /^(?!langfuse)[a-z0-9_-]{1,40}$/

/**
 * Runs a function with fields that stand on every span that starts inside it, in this package and in Langfuse's own.
 *
 * Calls nest: a field of an inner call wins, tags are added, metadata is merged, and all is as before when `fn` is done. A span
 * that is active when it is called gets the fields too.
 *
 * @param fields - What to set; an impossible value is dropped with a warning, never thrown.
 * @param fn - The function to run; everything it awaits is inside.
 * @returns What `fn` returns.
 */
export function withTraceContext<T>(fields: TraceContextFields, fn: () => T): T {
  const next = writeTraceContext(context.active(), fields)
  const active = trace.getSpan(next)
  if (active?.isRecording()) active.setAttributes(traceAttributes(next))
  return context.with(next, fn)
}

/**
 * Adds fields to a context.
 *
 * @param base - The context to add to.
 * @param fields - What to set.
 * @param weak - `true` keeps what the context has already: for defaults, such as a tracer's own fields.
 */
export function writeTraceContext(base: Context, fields: TraceContextFields, weak = false): Context {
  let next = base
  const set = (key: symbol, value: unknown): void => {
    if (value !== undefined && !(weak && next.getValue(key) !== undefined)) next = next.setValue(key, value)
  }
  set(KEYS.traceName, validText('traceName', fields.traceName))
  set(KEYS.userId, validText('userId', fields.userId))
  set(KEYS.sessionId, validText('sessionId', fields.sessionId))
  set(KEYS.environment, validEnvironment(fields.environment))
  set(KEYS.release, validText('release', fields.release))
  set(KEYS.version, validText('version', fields.version))
  if (
    fields.prompt &&
    Number.isInteger(fields.prompt.version) &&
    !(weak && next.getValue(KEYS.promptName) !== undefined)
  ) {
    next = next.setValue(KEYS.promptName, fields.prompt.name).setValue(KEYS.promptVersion, fields.prompt.version)
  }
  const tags = validTags(fields.tags)
  if (tags.length > 0) next = next.setValue(KEYS.tags, [...new Set([...readTags(next), ...tags])])
  if (fields.metadata) {
    const added = textRecord(fields.metadata)
    next = next.setValue(
      KEYS.metadata,
      weak ? { ...added, ...readMetadata(next) } : { ...readMetadata(next), ...added },
    )
  }
  return next
}

/** A context without a trace name: that of a new trace. */
export function clearTraceName(at: Context): Context {
  return at.deleteValue(KEYS.traceName)
}

/** Whether a trace name is known in a context. */
export function hasTraceName(at: Context): boolean {
  return at.getValue(KEYS.traceName) !== undefined
}

/**
 * The attributes that a context puts on every span.
 *
 * @param at - The context that a span starts in.
 * @param attributes - Where to put them; a new record by default.
 */
export function traceAttributes(at: Context, attributes: Attributes = {}): Attributes {
  copyText(at, KEYS.traceName, attributes, LANGFUSE.traceName)
  copyText(at, KEYS.userId, attributes, LANGFUSE.userId)
  copyText(at, KEYS.sessionId, attributes, LANGFUSE.sessionId)
  copyText(at, KEYS.environment, attributes, LANGFUSE.environment)
  copyText(at, KEYS.release, attributes, LANGFUSE.release)
  copyText(at, KEYS.version, attributes, LANGFUSE.version)
  copyText(at, KEYS.promptName, attributes, LANGFUSE.promptName)
  const promptVersion = at.getValue(KEYS.promptVersion)
  if (typeof promptVersion === 'number') attributes[LANGFUSE.promptVersion] = promptVersion
  const tags = readTags(at)
  if (tags.length > 0) attributes[LANGFUSE.tags] = tags
  const metadata = readMetadata(at)
  for (const key in metadata) attributes[`${LANGFUSE.traceMetadata}.${key}`] = String(metadata[key])
  return attributes
}

function copyText(at: Context, key: symbol, attributes: Attributes, name: string): void {
  const value = at.getValue(key)
  if (typeof value === 'string') attributes[name] = value
}

const NO_TAGS: string[] = []

function readTags(at: Context): string[] {
  const tags = at.getValue(KEYS.tags)
  return Array.isArray(tags) ? tags : NO_TAGS
}

function readMetadata(at: Context): Readonly<Record<string, unknown>> | undefined {
  const metadata = at.getValue(KEYS.metadata)
  // Written by us or by `@langfuse/core`, both as records.
  return typeof metadata === 'object' && metadata !== null ? (metadata as Record<string, unknown>) : undefined
}

function validText(field: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') {
    warnOnce(`Trace context: ${field} must be a string, found ${typeof value}: dropped`)
    return undefined
  }
  if (value.length > MAX_CHARACTERS) {
    warnOnce(
      `Trace context: ${field} has ${value.length} characters, Langfuse takes at most ${MAX_CHARACTERS}: dropped`,
    )
    return undefined
  }
  return value === '' ? undefined : value
}

function validEnvironment(value: unknown): string | undefined {
  const text = validText('environment', value)?.toLowerCase()
  if (text === undefined || ENVIRONMENT.test(text)) return text
  warnOnce(`Trace context: environment must match ${ENVIRONMENT.source}: dropped`)
  return undefined
}

function validTags(tags: unknown): string[] {
  if (!Array.isArray(tags)) {
    if (tags !== undefined && tags !== null)
      warnOnce(`Trace context: tags must be an array, found ${typeof tags}: dropped`)
    return []
  }
  return tags.map((tag) => validText('tag', tag)).filter((tag) => tag !== undefined)
}

/** Langfuse's own code reads metadata from the context as strings. */
function textRecord(metadata: Readonly<Record<string, unknown>>): Record<string, string> {
  const entries = Object.entries(metadata).map(([key, value]) => [key, toContent(value)] as const)
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined))
}
