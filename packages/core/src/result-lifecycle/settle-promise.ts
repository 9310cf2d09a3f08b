import type { Span } from '../span.js'
import { failSpan } from './fail-span.js'

/**
 * Ends a span when a native promise is rejected, and hands on what it resolves to.
 *
 * @param promise - A native promise.
 * @param span - The span.
 * @param settled - Ends the span when the value is done: now, or when a stream or generator is.
 * @returns A promise derived from it: observing on the side would mark the original's rejection as handled.
 */
export function settlePromise<T>(promise: Promise<T>, span: Span, settled: (value: T) => T): Promise<T> {
  const derived = promise.then(settled, (error) => failSpan(span, error))
  return copyExtras(promise, derived)
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
