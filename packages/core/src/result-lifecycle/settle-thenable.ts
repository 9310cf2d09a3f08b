import { context } from '../open-telemetry.js'
import type { Span } from '../span.js'
import { failSpan } from './fail-span.js'
import { once } from './once.js'
import { watchRequest } from './watch-request.js'
import { wrapMethods } from './wrap-methods.js'

type OnSettled = ((value: unknown) => unknown) | null | undefined
type Then = (onResolved?: OnSettled, onRejected?: OnSettled) => unknown

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
  const original = thenable.then.bind(thenable) as Then
  const settledOnce = once(settled)
  const then: Then = (onResolved, onRejected) => {
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
    return context.with(span.context, original, undefined, resolved, rejected)
  }
  // SDKs' own `catch` and `finally` go past `then`; those of the standard go by way of it. Not with the thenable as `this`: its class may not be
  // constructed as promises are.
  const by = { then } as Promise<unknown>
  return wrapMethods(thenable, {
    // biome-ignore lint/suspicious/noThenProperty: it takes the place of one
    then: () => then,
    catch: () => Promise.prototype.catch.bind(by),
    finally: () => Promise.prototype.finally.bind(by),
    ...watchRequest(span, settledOnce),
  })
}
