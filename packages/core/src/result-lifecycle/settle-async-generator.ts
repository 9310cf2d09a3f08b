import type { Span } from '../span.js'
import type { Capture } from './settle.js'
import { watchAsyncIterator } from './watch-async-iterator.js'
import { Yielded } from './yielded.js'

/**
 * Ends a span when an async generator has been run to its end, closed early, or has thrown.
 *
 * @param generator - Stays the same object. One that is never run never ends its span.
 * @param span - The span.
 * @param capture - Gets what was yielded.
 */
export function settleAsyncGenerator<G extends AsyncGenerator>(generator: G, span: Span, capture?: Capture): G {
  return watchAsyncIterator(generator, span, new Yielded(span, capture))
}
