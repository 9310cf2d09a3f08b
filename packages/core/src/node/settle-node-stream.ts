import { wrapMethods } from './wrap-methods.js'
import type { Yielded } from './yielded.js'

/** What is used of Node's `stream.Readable`; this package imports nothing of Node. */
export interface NodeReadable {
  readonly readableEnded?: unknown
  readonly destroyed?: unknown
}

/**
 * Ends a span when a Node stream has ended, was destroyed, or has failed.
 *
 * It watches `emit`, through which every chunk and every end passes: a listener of our own would set the stream flowing, or count as
 * handling its error.
 *
 * @param stream - Stays the same object. One that is never read or destroyed never ends its span.
 * @param yielded - Gets its chunks, and its end.
 */
export function settleNodeStream<S extends NodeReadable>(stream: S, { add, end, fail }: Yielded): S {
  return wrapMethods(stream, {
    emit:
      (emit) =>
      (...args) => {
        const [event, value] = args
        if (event === 'data') add(value)
        else if (event === 'error') fail(value)
        else if (event === 'end' || event === 'close') end()
        return emit(...args)
      },
  })
}
