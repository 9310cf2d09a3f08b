import { type Attributes, type Context, createContextKey } from '@opentelemetry/api'
import { LANGFUSE } from './attributes/names.js'
import { toContent } from './serialize/to-content.js'
import type { ValidTraceFields } from './valid-trace-fields.js'

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

const TEXTS = ['traceName', 'userId', 'sessionId', 'environment', 'release', 'version'] as const

/**
 * Adds fields to a context: tags are added to those that are there, metadata is merged, all else is set.
 *
 * @param base - The context to add to.
 * @param fields - What to set.
 * @param weak - `true` keeps what the context has already: for defaults, such as a tracer's own fields.
 */
export function writeFields(base: Context, fields: ValidTraceFields, weak = false): Context {
  let next = base
  const isFree = (key: symbol): boolean => !weak || next.getValue(key) === undefined
  for (const field of TEXTS) {
    const text = fields[field]
    if (text !== undefined && isFree(KEYS[field])) next = next.setValue(KEYS[field], text)
  }
  const { prompt, tags, metadata } = fields
  // Name and version belong together, whoever wins.
  if (prompt && isFree(KEYS.promptName))
    next = next.setValue(KEYS.promptName, prompt.name).setValue(KEYS.promptVersion, prompt.version)
  if (tags.length > 0) next = next.setValue(KEYS.tags, [...new Set([...readTags(next), ...tags])])
  if (metadata) {
    const there = readMetadata(next)
    next = next.setValue(KEYS.metadata, weak ? { ...metadata, ...there } : { ...there, ...metadata })
  }
  return next
}

/** What a context has, whoever wrote it. */
export function readFields(at: Context): ValidTraceFields {
  const text = (key: symbol): string | undefined => textOrNone(at.getValue(key))
  const promptName = text(KEYS.promptName)
  const promptVersion = at.getValue(KEYS.promptVersion)
  return {
    traceName: text(KEYS.traceName),
    userId: text(KEYS.userId),
    sessionId: text(KEYS.sessionId),
    environment: text(KEYS.environment),
    release: text(KEYS.release),
    version: text(KEYS.version),
    prompt:
      promptName !== undefined && typeof promptVersion === 'number'
        ? { name: promptName, version: promptVersion }
        : undefined,
    tags: readTags(at),
    metadata: readMetadata(at),
  }
}

/**
 * A context with a trace name, or without one: that of a new trace.
 *
 * @param at - The context.
 * @param name - The name; `undefined` or empty takes it away.
 */
export function withTraceName(at: Context, name: string | undefined): Context {
  return name ? at.setValue(KEYS.traceName, name) : at.deleteValue(KEYS.traceName)
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
export function fieldAttributes(at: Context, attributes: Attributes = {}): Attributes {
  for (const field of TEXTS) {
    const text = at.getValue(KEYS[field])
    if (typeof text === 'string') attributes[LANGFUSE[field]] = text
  }
  const promptName = at.getValue(KEYS.promptName)
  const promptVersion = at.getValue(KEYS.promptVersion)
  if (typeof promptName === 'string') attributes[LANGFUSE.promptName] = promptName
  if (typeof promptVersion === 'number') attributes[LANGFUSE.promptVersion] = promptVersion
  const tags = readTags(at)
  if (tags.length > 0) attributes[LANGFUSE.tags] = tags
  const metadata = readMetadata(at)
  for (const key in metadata) {
    const text = toContent(metadata[key])
    if (text !== undefined) attributes[`${LANGFUSE.traceMetadata}.${key}`] = text
  }
  return attributes
}

function textOrNone(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
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
