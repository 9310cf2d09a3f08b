import type { Step } from './keep-yielded.js'
import { type Method, wrapMethods } from './wrap-methods.js'

/**
 * Follows a generator or iterator, sync or async, to its end: it is run through, closed early, or throws.
 *
 * @param iterator - Stays the same object: its own methods are put before those of its prototype.
 * @param step - Gets what it yields, and its end.
 */
export function watchIterator<I extends object>(iterator: I, step: Step): I {
  const watched =
    (method: Method): Method =>
    (...args) =>
      step(() => method(...args))
  return wrapMethods(iterator, { next: watched, return: watched, throw: watched })
}
