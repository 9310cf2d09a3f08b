import { processSlot } from '../process-slot.js'
import type { Span } from '../span.js'

/**
 * Ends a span whose result nobody will read any more: a stream that was dropped, a request that was never awaited. Without this the span, and
 * with a root the whole trace, would be lost; with it, it arrives with level WARNING when the garbage collector takes the result.
 *
 * @param result - What the span waits for, in place of what it waited for before: a request is done with once it has given its stream.
 * @param span - Its span; a span that has ended by then stays as it is.
 */
export function endIfAbandoned(result: object, span: Span): void {
  // Some edge runtimes have none.
  if (typeof FinalizationRegistry === 'undefined') return
  const slot = processSlot()
  slot.abandoned ??= new FinalizationRegistry((left: Span) => {
    left.setLevel('WARNING', 'Its result was not read to the end').end()
  })
  slot.abandoned.unregister(span)
  slot.abandoned.register(result, span, span)
}
