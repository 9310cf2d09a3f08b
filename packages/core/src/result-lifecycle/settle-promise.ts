import type { Span } from '../span.js'
import type { Capture } from './settle.js'

/**
 * Ends a span when a promise settles.
 *
 * @param promise - A native promise, or a thenable of a library's own.
 * @param span - The span.
 * @param capture - Gets what the promise resolved to.
 * @returns For a native promise one derived from it; for any other thenable the same object, whose extra methods are kept.
 */
export function settlePromise(promise: PromiseLike<unknown>, span: Span, capture?: Capture): PromiseLike<unknown> {
  const resolved = (value: unknown): unknown => {
    capture?.(value)
    span.end()
    return value
  }
  if (isNative(promise)) {
    // Derived, because observing on the side would mark the original's rejection as handled.
    return promise.then(resolved, (error) => {
      span.recordError(error).end()
      throw error
    })
  }
  promise.then(resolved, (error: unknown) => span.recordError(error).end())
  return promise
}

function isNative(promise: PromiseLike<unknown>): promise is Promise<unknown> {
  return promise.constructor === Promise
}
