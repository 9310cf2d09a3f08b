import type { Span } from '../span.js'
import { endIfAbandoned } from './end-if-abandoned.js'
import { settleAsyncGenerator } from './settle-async-generator.js'
import { settleAsyncIterable } from './settle-async-iterable.js'
import { settleGenerator } from './settle-generator.js'
import { settleNodeStream } from './settle-node-stream.js'
import { settlePromise } from './settle-promise.js'
import { settleThenable } from './settle-thenable.js'
import { settleWebStream } from './settle-web-stream.js'
import { type Shape, shapeOf } from './shape-of.js'

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
    // What is given back has the type of what was got.
    const settled = settleObject(result, span, capture)
    if (settled !== undefined) return settled as T
  }
  capture?.(result)
  span.end()
  return result
}

/** @returns `undefined` for what is done already. */
function settleObject(value: object, span: Span, capture: Capture | undefined): object | undefined {
  const shape = shapeOf(value)
  if (shape.is === 'value') return undefined
  const settled = (resolved: unknown): unknown => settle(resolved, span, capture)
  if (shape.is === 'promise') return settlePromise(shape.result, span, settled)
  const watched = watch(shape, span, capture, settled)
  endIfAbandoned(watched, span)
  return watched
}

/** What is done when its user is done with it. */
function watch(
  shape: Exclude<Shape, { is: 'value' | 'promise' }>,
  span: Span,
  capture: Capture | undefined,
  settled: (resolved: unknown) => unknown,
): object {
  switch (shape.is) {
    case 'thenable':
      return settleThenable(shape.result, span, settled)
    case 'iterable thenable':
      // A query that is awaited or iterated: whichever its user does ends the span.
      return settleThenable(settleAsyncIterable(shape.result, span, capture), span, settled)
    case 'generator':
      return settleGenerator(shape.result, span, capture)
    case 'async generator':
      return settleAsyncGenerator(shape.result, span, capture)
    case 'web stream':
      return settleWebStream(shape.result, span, capture)
    case 'node stream':
      return settleNodeStream(shape.result, span, capture)
    case 'async iterable':
      return settleAsyncIterable(shape.result, span, capture)
  }
}
