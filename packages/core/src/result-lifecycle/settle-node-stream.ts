import type { Span } from '../span.js'
import { overrideMethods } from './override-methods.js'
import type { Capture } from './settle.js'
import { Yielded } from './yielded.js'

/** What is used of Node's `stream.Readable`; this package imports nothing of Node. */
export interface NodeReadable {
  emit(event: string | symbol, ...args: unknown[]): boolean
}

/**
 * Ends a span when a Node stream has ended, was destroyed, or has failed.
 *
 * It watches `emit`, through which every chunk and every end passes: a listener of our own would set the stream flowing, or count as
 * handling its error.
 *
 * @param stream - Stays the same object. One that is never read or destroyed never ends its span.
 * @param span - The span.
 * @param capture - Gets its chunks.
 */
export function settleNodeStream<S extends NodeReadable>(stream: S, span: Span, capture?: Capture): S {
  const yielded = new Yielded(span, capture)
  const { emit } = stream
  return overrideMethods(stream, {
    emit: (event: string | symbol, ...args: unknown[]): boolean => {
      if (event === 'data') yielded.add(args[0])
      else if (event === 'error') yielded.fail(args[0])
      else if (event === 'end' || event === 'close') yielded.end()
      return emit.call(stream, event, ...args)
    },
  })
}
