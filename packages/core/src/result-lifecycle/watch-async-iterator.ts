import { context } from '@opentelemetry/api'
import type { Span } from '../span.js'
import { overrideMethods } from './override-methods.js'
import type { Yielded } from './yielded.js'

/**
 * Follows an async iterator to its end. Each step runs in the span's context.
 *
 * @param iterator - Stays the same object: its own methods are put before those of its prototype.
 * @param span - The span.
 * @param yielded - Gets what it yields, and its end.
 */
export function watchAsyncIterator<I extends AsyncIterator<unknown>>(iterator: I, span: Span, yielded: Yielded): I {
  const step =
    <A extends unknown[]>(method: (...args: A) => PromiseLike<IteratorResult<unknown>>) =>
    (...args: A): PromiseLike<IteratorResult<unknown>> =>
      context
        .with(span.context, () => method.apply(iterator, args))
        .then(
          (result) => {
            if (result.done) yielded.end()
            else yielded.add(result.value)
            return result
          },
          (error) => {
            yielded.fail(error)
            throw error
          },
        )
  return overrideMethods(iterator, {
    next: step(iterator.next),
    // Only generators have both of these.
    ...(iterator.return && { return: step(iterator.return) }),
    ...(iterator.throw && { throw: step(iterator.throw) }),
  })
}
