import { attempt } from '../attempt.js'
import type { Step } from './keep-yielded.js'
import { watchIterator } from './watch-iterator.js'
import { type Method, wrapMethods } from './wrap-methods.js'

/**
 * Ends a span when something that can be iterated, such as an SDK's stream of chunks, has been iterated to its end, left early, or has failed.
 *
 * @param iterable - Stays the same object. One that is never iterated never ends its span; of several iterations the first to end does.
 * @param step - Gets what it yields, and its end.
 */
export function settleAsyncIterable<I extends AsyncIterable<unknown>>(iterable: I, step: Step): I {
  const seen = new WeakSet<object>()
  const watched =
    (begin: Method): Method =>
    (...args) => {
      const iterator = begin(...args) as Partial<AsyncIterator<unknown>> | undefined
      // One of the two methods below may be made of the other.
      if (typeof iterator?.next !== 'function' || seen.has(iterator)) return iterator
      seen.add(iterator)
      // A frozen one cannot be watched, and is the caller's all the same.
      return attempt(() => watchIterator(iterator, step)) ?? iterator
    }
  // The streams of OpenAI's and Anthropic's SDKs are split in two (`tee`) by way of `iterator`.
  return wrapMethods(iterable, { [Symbol.asyncIterator]: watched, iterator: watched })
}
