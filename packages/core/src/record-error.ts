import { type Exception, type Span as OtelSpan, SpanStatusCode } from '@opentelemetry/api'
import { LANGFUSE } from './attributes/names.js'
import { cutString } from './serialize/cut-string.js'
import { toJson } from './serialize/to-json.js'

const MAX_MESSAGE_BYTES = 8192
const MAX_STACK_BYTES = 32_768
const MAX_CAUSES = 8

/**
 * Puts whatever was thrown onto a span: level, status message, OpenTelemetry status and exception event.
 *
 * Langfuse reads no exception events, so the message goes into the status message; the event is for other backends.
 *
 * @param span - A span that is recording.
 * @param thrown - An Error, or anything else that was thrown; its getters may throw.
 */
export function recordError(span: OtelSpan, thrown: unknown): void {
  const message = cutString(errorMessage(thrown), MAX_MESSAGE_BYTES)
  span.setAttribute(LANGFUSE.level, 'ERROR')
  span.setAttribute(LANGFUSE.statusMessage, message)
  span.setStatus({ code: SpanStatusCode.ERROR, message })
  span.recordException(exceptionOf(thrown, message))
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
    const cause = attempt(() => (isError(current) ? current.cause : undefined))
    if (cause === undefined || cause === null) break
    current = cause
  }
  return messages.join(' (caused by: ') + ')'.repeat(messages.length - 1)
}

function ownMessage(thrown: unknown): string {
  const message = attempt(() => plainMessage(thrown)) ?? 'An error that cannot be read'
  const parts = attempt(() => (isAggregate(thrown) ? [...thrown.errors.slice(0, MAX_CAUSES)] : []))
  if (parts === undefined || parts.length === 0) return message
  // One level: an AggregateError may hold itself.
  return `${message}: ${parts.map((part) => attempt(() => plainMessage(part)) ?? 'unreadable').join('; ')}`
}

function plainMessage(thrown: unknown): string {
  if (typeof thrown === 'function') return toText(thrown)
  if (typeof thrown !== 'object' || thrown === null) return String(thrown)
  const { message } = thrown as { message?: unknown }
  if (isError(thrown)) return toText(message) || toText(thrown.name) || 'Error'
  return typeof message === 'string' ? message : toText(thrown)
}

/** Also one of another realm: a test runner, an iframe or `node:vm` has an `Error` of its own. */
function isError(thrown: unknown): thrown is Error {
  return thrown instanceof Error || Object.prototype.toString.call(thrown) === '[object Error]'
}

function isAggregate(thrown: unknown): thrown is AggregateError {
  return thrown instanceof AggregateError || (isError(thrown) && thrown.name === 'AggregateError')
}

/** A message may be anything in JavaScript: objects, symbols, something that throws when it is made a string. */
function toText(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : toJson(value)
}

/** What the exception event is made of, as plain text held to a size: a stack repeats the whole message. */
function exceptionOf(thrown: unknown, message: string): Exception {
  if (!attempt(() => isError(thrown))) return message
  const exception: { [K in 'message' | 'name' | 'code' | 'stack']?: string } = {}
  for (const key of ['message', 'name', 'code', 'stack'] as const) {
    const value = attempt(() => (thrown as Partial<Record<typeof key, unknown>>)[key])
    if (typeof value === 'string' || typeof value === 'number')
      exception[key] = cutString(String(value), MAX_STACK_BYTES)
  }
  return { ...exception, message: exception.message || message }
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
