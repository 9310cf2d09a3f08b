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
    switch (shapeOf(result)) {
      // Each `settle…` gives back the type it got.
      case 'thenable':
        return settlePromise(result as T & PromiseLike<unknown>, span, capture) as T
      case 'generator':
        return settleGenerator(result as T & Generator, span, capture)
      case 'async generator':
        return settleAsyncGenerator(result as T & AsyncGenerator, span, capture)
    }
  }
  capture?.(result)
  span.end()
  return result
}

function shapeOf(value: object): 'thenable' | 'generator' | 'async generator' | 'value' {
  try {
    if ('then' in value && typeof value.then === 'function') return 'thenable'
    // Own methods are put on a generator, which one that is frozen does not allow.
    if (!Object.isExtensible(value)) return 'value'
    switch (Object.prototype.toString.call(value)) {
      case '[object Generator]':
        return isGenerator(value) ? 'generator' : 'value'
      case '[object AsyncGenerator]':
        return isGenerator(value) ? 'async generator' : 'value'
    }
  } catch {
    // A Proxy that throws for what it does not know, or was revoked: a value like any other to the caller.
  }
  return 'value'
}

/** The tag alone may be anybody's. */
function isGenerator(value: object): boolean {
  return ['next', 'return', 'throw'].every((method) => typeof (value as Record<string, unknown>)[method] === 'function')
}
