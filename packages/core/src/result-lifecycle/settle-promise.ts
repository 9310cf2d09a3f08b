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
  const rejected = (error: unknown): void => {
    span.recordError(error).end()
  }
  if (isNative(promise)) {
    // Derived, because observing on the side would mark the original's rejection as handled.
    const derived = promise.then(resolved, (error) => {
      rejected(error)
      throw error
    })
    return copyExtras(promise, derived)
  }
  try {
    promise.then(resolved, rejected)
  } catch (error) {
    // Whoever awaits it will see the same.
    rejected(error)
  }
  return promise
}

function isNative(promise: PromiseLike<unknown>): promise is Promise<unknown> {
  try {
    // One with a `then` of its own does something when it is subscribed to.
    return promise.constructor === Promise && !Object.hasOwn(promise, 'then')
  } catch {
    return false
  }
}

/** What a library hung onto its promise: the `child` of Node's promisified `execFile`, a `cancel`. */
function copyExtras<P extends object>(from: P, to: P): P {
  // By string keys only: Node keeps its own books on promises under symbols.
  for (const key of Object.keys(from)) {
    // Its own `catch` would watch the original and leave the derived one's rejection unhandled.
    if (key in to) continue
    Object.defineProperty(to, key, Object.getOwnPropertyDescriptor(from, key) ?? {})
  }
  return to
}
