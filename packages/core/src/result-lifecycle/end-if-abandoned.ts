import type { Span } from '../span.js'

// Some edge runtimes have no such thing.
const abandoned =
  globalThis.FinalizationRegistry &&
  new FinalizationRegistry<{ span?: Span }>(({ span }) => {
    span?.setLevel('WARNING', 'Its result was not read to the end').end()
  })

/**
 * Ends a span whose result nobody will read any more: a stream that was dropped, a request that was never awaited. Without this the span, and
 * with a root the whole trace, would be lost; with it, it arrives with level WARNING when the garbage collector takes the result.
 *
 * @param result - What the span waits for.
 * @param span - Its span; a span that has ended by then stays as it is.
 * @returns Stops waiting: a request is done with once it has given its stream, for which the span waits from then on.
 */
export function endIfAbandoned(result: object, span: Span): () => void {
  const waiting: { span?: Span } = { span }
  // Not to be undone by the registry's own `unregister`, which keeps a table of all that wait.
  abandoned?.register(result, waiting)
  return () => {
    delete waiting.span
  }
}
