import { overrideMethods } from './override-methods.js'
import { type Iterates, watchIterator } from './watch-iterator.js'
import type { Yielded } from './yielded.js'

/**
 * Ends a span when something that can be iterated, such as an SDK's stream of chunks, has been iterated to its end, left early, or has failed.
 *
 * @param iterable - Stays the same object. One that is never iterated never ends its span; of several iterations the first to end does.
 * @param yielded - Gets what it yields, and its end.
 */
export function settleAsyncIterable<I extends AsyncIterable<unknown>>(iterable: I, yielded: Yielded): I {
  const seen = new WeakSet<object>()
  const watched = (begin: unknown): unknown =>
    typeof begin === 'function' &&
    ((...args: unknown[]): unknown => {
      const iterator = begin.apply(iterable, args) as Iterates
      // One of the two methods below may be made of the other.
      if (seen.has(iterator) || typeof iterator?.next !== 'function') return iterator
      seen.add(iterator)
      return watchIterator(iterator, yielded)
    })
  return overrideMethods(iterable, {
    [Symbol.asyncIterator]: watched(iterable[Symbol.asyncIterator]),
    // The streams of OpenAI's and Anthropic's SDKs are split in two (`tee`) by way of this one.
    iterator: watched((iterable as { iterator?: unknown }).iterator),
  })
}
