import { context } from '@opentelemetry/api'
import type { Span } from '../span.js'
import { overrideMethods } from './override-methods.js'
import type { Capture } from './settle.js'
import { Yielded } from './yielded.js'

/**
 * Ends a span when an async generator has been run to its end, closed early, or has thrown. Each step runs in the span's context.
 *
 * @param generator - Stays the same object: its own methods are put before those of its prototype. One that is never run never ends its span.
 * @param span - The span.
 * @param capture - Gets what was yielded.
 */
export function settleAsyncGenerator<G extends AsyncGenerator>(generator: G, span: Span, capture?: Capture): G {
  const yielded = new Yielded(span, capture)
  const step =
    <A extends unknown[]>(method: (...args: A) => Promise<IteratorResult<unknown>>) =>
    (...args: A): Promise<IteratorResult<unknown>> =>
      context
        .with(span.context, () => method.apply(generator, args))
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
  return overrideMethods(generator, {
    next: step(generator.next),
    return: step(generator.return),
    throw: step(generator.throw),
  })
}
