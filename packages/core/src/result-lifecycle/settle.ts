import { attempt } from '../attempt.js'
import { processSlot } from '../process-slot.js'
import type { Span } from '../span.js'
import { tagOf } from '../tag-of.js'
import { endIfAbandoned } from './end-if-abandoned.js'
import { keepYielded } from './keep-yielded.js'
import { settleAsyncIterable } from './settle-async-iterable.js'
import { settlePromise } from './settle-promise.js'
import { settleThenable } from './settle-thenable.js'
import { settleWebStream, type WebStream } from './settle-web-stream.js'
import { watchIterator } from './watch-iterator.js'

/** Gets what a function came to: its value, what its promise resolved to, or what it yielded. */
export type Capture = (output: unknown) => void

/**
 * Ends a span when a result is done: now; when a promise settles; when a generator, a stream or an iterable has been run to its end, closed
 * early, or has failed.
 *
 * @param result - What a traced function returned.
 * @param span - Its span.
 * @param capture - Gets the output, if that is wanted.
 * @returns The result. A native promise comes back as one that settles the same way (so that a rejection that nobody handles is still
 *   reported), a web stream as one that gives the same chunks; everything else is the very same object.
 */
export function settle<T>(result: T, span: Span, capture?: Capture): T {
  if (typeof result === 'object' && result !== null) {
    let stopWaiting: (() => void) | undefined
    const settled = (resolved: unknown): unknown => {
      stopWaiting?.()
      return settle(resolved, span, capture)
    }
    // What is given back has the type of what was got.
    if (isNativePromise(result)) return settlePromise(result, span, settled) as T
    // A Proxy that throws for what it does not know, or was revoked, is a value like any other to the caller.
    const watched = attempt(() => watch(result, span, settled, capture))
    if (watched) {
      stopWaiting = endIfAbandoned(watched, span)
      return watched as T
    }
  }
  capture?.(result)
  span.end()
  return result
}

/**
 * Watches what is done only when its user is done with it. By what it can do, because classes come in several copies and realms.
 *
 * @returns What takes its place; `undefined` for what is done already.
 * @throws {TypeError} If it cannot be watched: a frozen object, a locked stream.
 */
function watch(
  value: object,
  span: Span,
  settled: (resolved: unknown) => unknown,
  capture?: Capture,
): object | undefined {
  const has = (...methods: readonly PropertyKey[]): boolean =>
    methods.every((method) => typeof (value as Record<PropertyKey, unknown>)[method] === 'function')
  const step = keepYielded(span, capture)
  const tag = tagOf(value)
  // Each cast follows from what was looked at.
  if (tag === '[object ReadableStream]') return settleWebStream(value as WebStream, step)
  const isIterable = has(Symbol.asyncIterator)
  if (has('then')) {
    // A query that is awaited or iterated: whichever its user does ends the span.
    if (isIterable) settleAsyncIterable(value as AsyncIterable<unknown>, step)
    return settleThenable(value as PromiseLike<unknown>, span, settled)
  }
  if (/Generator]$/.test(tag) && has('next')) return watchIterator(value, step)
  const { node } = processSlot()
  if (node?.isStream(value)) return node.settleStream(value, step)
  return isIterable ? settleAsyncIterable(value as AsyncIterable<unknown>, step) : undefined
}

/** A promise and nothing more: a subclass, or one with a `then` of its own, does something when it is awaited. */
function isNativePromise(value: object): value is Promise<unknown> {
  return (
    attempt(() => value instanceof Promise && value.constructor === Promise && !Object.hasOwn(value, 'then')) === true
  )
}
