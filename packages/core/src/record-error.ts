import type { Exception } from '@opentelemetry/api'
import { attempt } from './attempt.js'
import { MAX_CAUSES, MAX_MESSAGE_BYTES, MAX_STACK_BYTES } from './bounds.js'
import { cutString } from './serialize/cut-string.js'
import { toContent } from './serialize/to-content.js'
import { toJson } from './serialize/to-json.js'
import type { Span } from './span.js'
import { tagOf } from './tag-of.js'

/**
 * Puts whatever was thrown onto a span: level, status message, OpenTelemetry status and exception event.
 *
 * Langfuse reads no exception events, so the message goes into the status message; the event is for other backends.
 *
 * @param span - A span that is recording.
 * @param thrown - An Error, or anything else that was thrown; its getters may throw.
 */
export function recordError(span: Span, thrown: unknown): void {
  const message = cutString(errorMessage(thrown), MAX_MESSAGE_BYTES)
  const exception: Record<string, string> & Exception = { message }
  for (const key of ['message', 'name', 'code', 'stack']) {
    // Nothing is known of what throws when it is read, and `null` is no code.
    const text = attempt(() => toContent((thrown as Record<string, unknown>)[key] || undefined))
    // A stack repeats the whole message.
    if (text) exception[key] = cutString(text, MAX_STACK_BYTES)
  }
  // `SpanStatusCode.ERROR`: the member is not worth the import of its enum.
  span.setLevel('ERROR', message).otelSpan.setStatus({ code: 2, message }).recordException(exception)
}

/**
 * One line or more that says what was thrown: the message, what an `AggregateError` holds, and the causes.
 *
 * @param thrown - Anything; its getters may throw.
 * @param seen - What it is the cause of.
 * @returns `outer (caused by: inner)`; the error's name where it has no message.
 */
export function errorMessage(thrown: unknown, seen: Set<unknown> = new Set()): string {
  seen.add(thrown)
  let message = ownMessage(thrown)
  attempt(() => {
    const { errors, cause } = isError(thrown) ? (thrown as Partial<AggregateError>) : {}
    if (Array.isArray(errors) && errors.length > 0)
      message += `: ${errors.slice(0, MAX_CAUSES).map(ownMessage).join('; ')}`
    if (cause && !seen.has(cause) && seen.size < MAX_CAUSES) message += ` (caused by: ${errorMessage(cause, seen)})`
  })
  return message
}

function ownMessage(thrown: unknown): string {
  const read = (): string => {
    if (Object(thrown) !== thrown) return String(thrown)
    // A message may be anything in JavaScript: objects, symbols, something that throws when it is made a string.
    const { message } = thrown as { message?: unknown }
    if (isError(thrown)) return toContent(message || thrown.name) || 'Error'
    return typeof message === 'string' ? message : toJson(thrown)
  }
  return attempt(read) ?? 'An error that cannot be read'
}

/** Also one of another realm: a test runner, an iframe or `node:vm` has an `Error` of its own. */
function isError(thrown: unknown): thrown is Error {
  return thrown instanceof Error || tagOf(thrown) === '[object Error]'
}
