import { overrideMethods } from './override-methods.js'
import type { Yielded } from './yielded.js'

type Method = (...args: never[]) => unknown

/** What generators and iterators have, sync and async ones; only generators have all of it for certain. */
export interface Iterates {
  readonly next: Method
  readonly return?: Method
  readonly throw?: Method
}

/**
 * Follows a generator or iterator, sync or async, to its end: it is run through, closed early, or throws.
 *
 * @param iterator - Stays the same object: its own methods are put before those of its prototype.
 * @param yielded - Gets what it yields, and its end.
 */
export function watchIterator<I extends Iterates>(iterator: I, yielded: Yielded): I {
  const watched = (method: Method | undefined): unknown =>
    method && ((...args: never[]) => yielded.step(() => method.apply(iterator, args)))
  return overrideMethods(iterator, {
    next: watched(iterator.next),
    return: watched(iterator.return),
    throw: watched(iterator.throw),
  })
}
