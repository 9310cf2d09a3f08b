import { context } from '../open-telemetry.js'
import type { Span } from '../span.js'
import { failSpan } from './fail-span.js'
import { once } from './once.js'
import { overrideMethods } from './override-methods.js'
import { watchRequest } from './watch-request.js'

type OnSettled = ((value: unknown) => unknown) | null | undefined

/**
 * Ends a span when a thenable of a library's own class settles: an SDK's request that parses its answer only when it is awaited, a query
 * that runs only then. So it is not subscribed to; its `then` is watched, and whoever awaits it lets the span end.
 *
 * @param thenable - Stays the same object, its extra methods intact. One that nobody awaits never ends its span.
 * @param span - The span.
 * @param settled - Ends the span when the value is done: now, or when a stream or generator is.
 */
export function settleThenable<P extends PromiseLike<unknown>>(
  thenable: P,
  span: Span,
  settled: (value: unknown) => unknown,
): P {
  const original = thenable.then
  const settledOnce = once(settled)
  const then = (onResolved?: OnSettled, onRejected?: OnSettled): PromiseLike<unknown> => {
    // What it does when it is awaited belongs to the span; what the caller does then, to the caller.
    const outside = context.active()
    const resolved = (value: unknown): unknown => {
      const result = settledOnce(value)
      return onResolved ? context.with(outside, onResolved, undefined, result) : result
    }
    const rejected = (reason: unknown): unknown => {
      if (!onRejected) return failSpan(span, reason)
      span.recordError(reason).end()
      return context.with(outside, onRejected, undefined, reason)
    }
    return context.with(span.context, () => original.call(thenable, resolved, rejected))
  }
  // SDKs' own `catch` and `finally` go past `then`; those of the standard go by way of it.
  const standard = Promise.prototype
  const by = { then }
  return overrideMethods(thenable, {
    then,
    catch: 'catch' in thenable && standard.catch.bind(by as never),
    finally: 'finally' in thenable && standard.finally.bind(by as never),
    ...watchRequest(thenable, span, settledOnce),
  })
}
