import { warnOnce } from './log.js'
import { toContent } from './serialize/to-content.js'
import type { TraceContextFields } from './trace-context.js'

/** Fields of a trace as they stand in a context: only what Langfuse takes. */
export interface ValidTraceFields {
  readonly traceName?: string | undefined
  readonly userId?: string | undefined
  readonly sessionId?: string | undefined
  readonly environment?: string | undefined
  readonly release?: string | undefined
  readonly version?: string | undefined
  readonly prompt?: { readonly name: string; readonly version: number } | undefined
  readonly tags: readonly string[]
  readonly metadata?: Readonly<Record<string, unknown>> | undefined
}

// Langfuse drops longer ones itself. Source: `@langfuse/core` 5.11, `isValidPropagatedString`.
const MAX_CHARACTERS = 200
// Source: `@langfuse/core` 5.11, `ENVIRONMENT_VALUE_PATTERN`; the server lower-cases before it checks.
const ENVIRONMENT = /^(?!langfuse)[a-z0-9_-]{1,40}$/

/**
 * Keeps what Langfuse would keep. Callers without types, and values from requests, may give anything: what cannot be is dropped, with one
 * warning for each kind of mistake.
 *
 * @param fields - The caller's.
 * @throws Whatever a getter of the caller's throws.
 */
export function validTraceFields(fields: TraceContextFields): ValidTraceFields {
  return {
    traceName: validText('traceName', fields.traceName),
    userId: validText('userId', fields.userId),
    sessionId: validText('sessionId', fields.sessionId),
    environment: validEnvironment(fields.environment),
    release: validText('release', fields.release),
    version: validText('version', fields.version),
    prompt: validPrompt(fields.prompt),
    tags: validTags(fields.tags),
    metadata: validMetadata(fields.metadata),
  }
}

function validText(field: string, value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value !== 'string') return drop(field, `must be a string, found ${typeof value}`, 'type')
  if (value.length <= MAX_CHARACTERS) return value
  return drop(field, `has ${value.length} characters, Langfuse takes at most ${MAX_CHARACTERS}`, 'length')
}

function validEnvironment(value: unknown): string | undefined {
  const text = validText('environment', value)?.toLowerCase()
  if (text === undefined || ENVIRONMENT.test(text)) return text
  return drop('environment', `must match ${ENVIRONMENT.source}`, 'form')
}

function validPrompt(prompt: unknown): ValidTraceFields['prompt'] {
  if (prompt === undefined || prompt === null) return undefined
  const { name, version } = prompt as { name?: unknown; version?: unknown }
  const text = validText('prompt.name', name)
  if (text !== undefined && typeof version === 'number' && Number.isInteger(version)) return { name: text, version }
  return drop('prompt', 'must have a name and a whole number as its version', 'form')
}

function validTags(tags: unknown): readonly string[] {
  if (tags === undefined || tags === null) return []
  if (!Array.isArray(tags)) return drop('tags', `must be an array, found ${typeof tags}`, 'type') ?? []
  return tags.map((tag) => validText('tag', tag)).filter((tag) => tag !== undefined)
}

/** Langfuse's own code reads metadata from the context as strings. */
function validMetadata(metadata: unknown): Readonly<Record<string, string>> | undefined {
  if (metadata === undefined || metadata === null) return undefined
  if (typeof metadata !== 'object' || Array.isArray(metadata))
    return drop('metadata', `must be a record, found ${Array.isArray(metadata) ? 'array' : typeof metadata}`, 'type')
  try {
    const entries = Object.entries(metadata).map(([key, value]) => [key, toContent(value)] as const)
    return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined))
  } catch {
    return drop('metadata', 'cannot be read', 'form')
  }
}

function drop(field: string, why: string, mistake: 'type' | 'length' | 'form'): undefined {
  warnOnce(`Trace context: ${field} ${why}: dropped`, `trace context ${field} ${mistake}`)
  return undefined
}
