import { context } from '@opentelemetry/api'
import { type Capture, settle } from './result-lifecycle/settle.js'
import type { Span } from './span.js'

/**
 * Runs a function with a span active, and ends the span when the result is done.
 *
 * @param span - The span.
 * @param run - The function; what it throws marks the span and is thrown on untouched.
 * @param capture - Gets the result for the span's output, if that is wanted.
 * @returns What `run` returns.
 */
export function runInSpan<T>(span: Span, run: (span: Span) => T, capture?: Capture): T {
  let result: T
  try {
    result = context.with(span.context, run, undefined, span)
  } catch (error) {
    span.recordError(error).end()
    throw error
  }
  return settle(result, span, capture)
}
