import { type Span as OtelSpan, SpanStatusCode } from '@opentelemetry/api'
import { LANGFUSE } from './attributes/names.js'
import { cutString } from './serialize/cut-string.js'
import { toJson } from './serialize/to-json.js'

const MAX_MESSAGE_BYTES = 8192
const MAX_CAUSES = 8

/**
 * Puts whatever was thrown onto a span: level, status message, OpenTelemetry status and exception event.
 *
 * Langfuse reads no exception events, so the message goes into the status message; the event is for other backends.
 *
 * @param span - A span that is recording.
 * @param thrown - An Error, or anything else that was thrown.
 */
export function recordError(span: OtelSpan, thrown: unknown): void {
  const message = cutString(errorMessage(thrown), MAX_MESSAGE_BYTES)
  span.setAttribute(LANGFUSE.level, 'ERROR')
  span.setAttribute(LANGFUSE.statusMessage, message)
  span.setStatus({ code: SpanStatusCode.ERROR, message })
  span.recordException(thrown instanceof Error ? thrown : message)
}

/**
 * One line or more that says what was thrown: the message, what an `AggregateError` holds, and the causes.
 *
 * @param thrown - Anything; its getters may throw.
 * @returns `outer (caused by: inner)`; the error's name where it has no message.
 */
export function errorMessage(thrown: unknown): string {
  const messages: string[] = []
  const seen = new Set<unknown>()
  for (let current = thrown; messages.length < MAX_CAUSES && !seen.has(current); ) {
    seen.add(current)
    messages.push(ownMessage(current))
    const cause = causeOf(current)
    if (cause === undefined) break
    current = cause
  }
  return messages.join(' (caused by: ') + ')'.repeat(messages.length - 1)
}

function ownMessage(thrown: unknown): string {
  try {
    if (!(thrown instanceof AggregateError) || thrown.errors.length === 0) return plainMessage(thrown)
    // One level: an AggregateError may hold itself.
    return `${plainMessage(thrown)}: ${thrown.errors.slice(0, MAX_CAUSES).map(plainMessage).join('; ')}`
  } catch {
    return 'An error that cannot be read'
  }
}

function plainMessage(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message || thrown.name
  if (typeof thrown !== 'object' || thrown === null) return String(thrown)
  const { message } = thrown as { message?: unknown }
  return typeof message === 'string' ? message : toJson(thrown)
}

function causeOf(thrown: unknown): unknown {
  try {
    return thrown instanceof Error ? thrown.cause : undefined
  } catch {
    return undefined
  }
}
