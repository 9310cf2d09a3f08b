import type { Span } from '../span.js'
import { settleAsyncGenerator } from './settle-async-generator.js'
import { settleGenerator } from './settle-generator.js'
import { settlePromise } from './settle-promise.js'

/** Gets what a function came to: its value, what its promise resolved to, or what it yielded. */
export type Capture = (output: unknown) => void

/**
 * Ends a span when a result is done: now, when a promise settles, or when a generator has been run to its end or closed.
 *
 * @param result - What a traced function returned.
 * @param span - Its span.
 * @param capture - Gets the output, if that is wanted.
 * @returns The result. A native promise comes back as one that settles the same way (so that a rejection that nobody handles is still
 *   reported); everything else is the very same object.
 */
export function settle<T>(result: T, span: Span, capture?: Capture): T {
  if (typeof result === 'object' && result !== null) {
    // Each `settle…` gives back the type it got.
    if (isThenable(result)) return settlePromise(result, span, capture) as T
    switch (Object.prototype.toString.call(result)) {
      case '[object Generator]':
        return settleGenerator(result as T & Generator, span, capture)
      case '[object AsyncGenerator]':
        return settleAsyncGenerator(result as T & AsyncGenerator, span, capture)
    }
  }
  capture?.(result)
  span.end()
  return result
}

function isThenable(value: object): value is PromiseLike<unknown> {
  return 'then' in value && typeof value.then === 'function'
}
