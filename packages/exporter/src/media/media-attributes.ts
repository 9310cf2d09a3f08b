import type { Attributes } from '@opentelemetry/api'
import type { OutgoingSpan } from '../encode/outgoing-span.js'

/** The attributes in which `@langfuse/otel` 5.11 looks for data URIs: these and what begins with them. */
const CONTENT_PREFIXES: readonly string[] = [
  'langfuse.observation.input',
  'langfuse.observation.output',
  'langfuse.observation.metadata',
  'langfuse.trace.input',
  'langfuse.trace.output',
  'langfuse.trace.metadata',
]

/** The scopes of the AI SDK, and the attributes in which `@langfuse/otel` looks for its file parts. */
const AI_SDK_SCOPES: ReadonlySet<string> = new Set(['ai', 'gen_ai'])
const AI_SDK_MESSAGES: ReadonlySet<string> = new Set([
  'ai.prompt',
  'ai.prompt.messages',
  'gen_ai.input.messages',
  'gen_ai.output.messages',
])

/**
 * The attributes of a span that carry media.
 *
 * @param span - Any span.
 * @returns Those attributes alone; undefined if there are none.
 */
export function mediaAttributes({ attributes, scope }: OutgoingSpan): Attributes | undefined {
  const isAiSdk = AI_SDK_SCOPES.has(scope.name)
  let found: Attributes | undefined
  for (const key in attributes) {
    const value = attributes[key]
    if (typeof value !== 'string' || !(hasDataUri(key, value) || (isAiSdk && hasFilePart(key, value)))) continue
    found ??= {}
    found[key] = value
  }
  return found
}

function hasDataUri(key: string, value: string): boolean {
  return value.includes(';base64,') && CONTENT_PREFIXES.some((prefix) => key.startsWith(prefix))
}

function hasFilePart(key: string, value: string): boolean {
  return AI_SDK_MESSAGES.has(key) && (value.includes('"mediaType"') || value.includes('"mime_type"'))
}
