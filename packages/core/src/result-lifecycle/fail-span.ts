import type { Span } from '../span.js'

/**
 * Ends a span with what was thrown, and throws it on.
 *
 * @param span - The span.
 * @param error - What was thrown.
 * @throws The very same.
 */
export function failSpan(span: Span, error: unknown): never {
  span.recordError(error).end()
  throw error
}
