import { context } from '@opentelemetry/api'
import type { Span } from '../span.js'
import { once } from './once.js'
import { overrideMethods } from './override-methods.js'
import { watchRequest } from './watch-request.js'

type OnResolved = ((value: unknown) => unknown) | null | undefined
type OnRejected = ((reason: unknown) => unknown) | null | undefined

/** What becomes of a thenable, for its span. */
export interface Outcome {
  /** Takes what it resolved to; gives what the caller shall have in its place. */
  readonly resolved: (value: unknown) => unknown
  /** Takes what it was rejected with. */
  readonly rejected: (error: unknown) => void
}

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
  const { then } = thenable
  const outcome: Outcome = { resolved: once(settled), rejected: (error) => span.recordError(error).end() }
  const watchedThen = (onResolved?: OnResolved, onRejected?: OnRejected): PromiseLike<unknown> => {
    // What it does when it is awaited belongs to the span; what the caller does then, to the caller.
    const outside = context.active()
    const resolved = (value: unknown): unknown => {
      const result = outcome.resolved(value)
      return onResolved ? context.with(outside, () => onResolved(result)) : result
    }
    const rejected = (reason: unknown): unknown => {
      outcome.rejected(reason)
      if (onRejected) return context.with(outside, () => onRejected(reason))
      throw reason
    }
    return context.with(span.context, () => then.call(thenable, resolved, rejected))
  }
  return overrideMethods(thenable, {
    // biome-ignore lint/suspicious/noThenProperty: it has one, which is what makes it a thenable
    then: watchedThen,
    // SDKs' own go past `then`; these are what the standard says they do.
    ...('catch' in thenable && { catch: (onRejected?: OnRejected) => watchedThen(undefined, onRejected) }),
    ...('finally' in thenable && { finally: (onSettled?: () => unknown) => afterwards(watchedThen, onSettled) }),
    ...watchRequest(thenable, span, outcome),
  })
}

/** `finally`, by way of a `then`. */
function afterwards(
  then: (onResolved: OnResolved, onRejected: OnRejected) => PromiseLike<unknown>,
  onSettled: (() => unknown) | undefined,
): PromiseLike<unknown> {
  return then(
    async (value) => {
      await onSettled?.()
      return value
    },
    async (reason) => {
      await onSettled?.()
      throw reason
    },
  )
}
