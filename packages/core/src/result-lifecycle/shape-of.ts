import type { NodeReadable } from './settle-node-stream.js'
import type { WebStream } from './settle-web-stream.js'

/** A result, and how it comes to its end. */
export type Shape =
  | { readonly is: 'value' }
  | { readonly is: 'promise'; readonly result: Promise<unknown> }
  | { readonly is: 'thenable'; readonly result: PromiseLike<unknown> }
  | { readonly is: 'iterable thenable'; readonly result: PromiseLike<unknown> & AsyncIterable<unknown> }
  | { readonly is: 'generator'; readonly result: Generator }
  | { readonly is: 'async generator'; readonly result: AsyncGenerator }
  | { readonly is: 'web stream'; readonly result: WebStream }
  | { readonly is: 'node stream'; readonly result: NodeReadable }
  | { readonly is: 'async iterable'; readonly result: AsyncIterable<unknown> }

const VALUE: Shape = { is: 'value' }

/**
 * Finds out how a result comes to its end. By what it can do, because classes come in several copies and realms.
 *
 * @param value - What a traced function returned.
 * @returns `value` for all that is done already, and for what cannot be watched: a frozen object, a locked stream, a Proxy that throws.
 */
export function shapeOf(value: object): Shape {
  try {
    return look(value)
  } catch {
    // A Proxy that throws for what it does not know, or was revoked: a value like any other to the caller.
    return VALUE
  }
}

function look(value: object): Shape {
  const has = (...methods: readonly PropertyKey[]): boolean =>
    methods.every((method) => typeof (value as Record<PropertyKey, unknown>)[method] === 'function')
  // Each cast follows from what was looked at.
  if (has('then')) {
    if (isNativePromise(value)) return { is: 'promise', result: value }
    if (!Object.isExtensible(value)) return VALUE
    const result = value as PromiseLike<unknown> & AsyncIterable<unknown>
    return { is: has(Symbol.asyncIterator) ? 'iterable thenable' : 'thenable', result }
  }
  const tag = Object.prototype.toString.call(value)
  if (tag === '[object ReadableStream]') {
    const result = value as WebStream
    return has('getReader', 'cancel') && !result.locked ? { is: 'web stream', result } : VALUE
  }
  // Own methods are put on the rest, which one that is frozen does not allow.
  if (!Object.isExtensible(value)) return VALUE
  if (tag === '[object Generator]') {
    return has('next', 'return', 'throw') ? { is: 'generator', result: value as Generator } : VALUE
  }
  if (tag === '[object AsyncGenerator]') {
    return has('next', 'return', 'throw') ? { is: 'async generator', result: value as AsyncGenerator } : VALUE
  }
  if (has('read', 'pipe', 'emit', 'destroy')) {
    // What can be written to as well is a connection and no result, unless it transforms the one into the other.
    const isResult = !has('write') || has('_transform')
    return isResult && isOpen(value) ? { is: 'node stream', result: value as unknown as NodeReadable } : VALUE
  }
  return has(Symbol.asyncIterator) ? { is: 'async iterable', result: value as AsyncIterable<unknown> } : VALUE
}

/** A promise and nothing more: a subclass, or one with a `then` of its own, does something when it is awaited. */
function isNativePromise(value: object): value is Promise<unknown> {
  return value.constructor === Promise && !Object.hasOwn(value, 'then')
}

/** Nothing more comes from a Node stream that has closed, or has ended. */
function isOpen(stream: { readonly readableEnded?: unknown; readonly destroyed?: unknown }): boolean {
  return stream.readableEnded !== true && stream.destroyed !== true
}
