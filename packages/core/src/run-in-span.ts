import { isOff } from './facade-span.js'
import { context } from './open-telemetry.js'
import { failSpan } from './result-lifecycle/fail-span.js'
import { type Capture, settle } from './result-lifecycle/settle.js'
import type { Span } from './span.js'

/**
 * Runs a function with a span active, and ends the span when the result is done.
 *
 * @param span - The span. While tracing is off the function runs as if there were none.
 * @param run - The function; what it throws marks the span and is thrown on untouched.
 * @param capture - Gets the result for the span's output, if that is wanted.
 * @returns What `run` returns.
 */
export function runInSpan<T>(span: Span, run: (span: Span) => T, capture?: Capture): T {
  if (isOff(span)) return run(span)
  let result: T
  try {
    result = context.with(span.context, run, undefined, span)
  } catch (error) {
    return failSpan(span, error)
  }
  return settle(result, span, capture)
}
