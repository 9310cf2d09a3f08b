import type { Span } from '../span.js'
import { overrideMethods } from './override-methods.js'
import type { Capture } from './settle.js'
import { watchAsyncIterator } from './watch-async-iterator.js'
import { Yielded } from './yielded.js'

/**
 * Ends a span when something that can be iterated, such as an SDK's stream of chunks, has been iterated to its end, left early, or has failed.
 *
 * @param iterable - Stays the same object. One that is never iterated never ends its span; of several iterations the first to end does.
 * @param span - The span.
 * @param capture - Gets what was yielded.
 */
export function settleAsyncIterable<I extends AsyncIterable<unknown>>(iterable: I, span: Span, capture?: Capture): I {
  const yielded = new Yielded(span, capture)
  const seen = new WeakSet<object>()
  const watched =
    <A extends unknown[]>(begin: (...args: A) => AsyncIterator<unknown>) =>
    (...args: A): AsyncIterator<unknown> => {
      const iterator = begin.apply(iterable, args)
      // One of the two methods below may be made of the other.
      if (seen.has(iterator) || typeof iterator?.next !== 'function') return iterator
      seen.add(iterator)
      return watchAsyncIterator(iterator, span, yielded)
    }
  // The streams of OpenAI's and Anthropic's SDKs are split in two (`tee`) by way of `iterator`.
  const { iterator } = iterable as { iterator?: unknown }
  return overrideMethods(iterable, {
    [Symbol.asyncIterator]: watched(iterable[Symbol.asyncIterator]),
    ...(typeof iterator === 'function' && { iterator: watched(iterator as () => AsyncIterator<unknown>) }),
  })
}
