import { attempt } from '../attempt.js'
import type { Step } from '../result-lifecycle/keep-yielded.js'
import { wrapMethods } from '../result-lifecycle/wrap-methods.js'

/** What is used of Node's `stream.Readable`; this package imports nothing of Node. */
interface NodeReadable {
  readonly read?: unknown
  readonly pipe?: unknown
  readonly emit?: unknown
  readonly write?: unknown
  readonly _transform?: unknown
  readonly readableEnded?: unknown
  readonly destroyed?: unknown
}

/** What an iterator would come to, by a stream's event. */
const RESULTS = new Map<unknown, (value: unknown) => IteratorResult<unknown>>([
  ['data', (value) => ({ done: false, value })],
  ['end', () => ({ done: true, value: undefined })],
  ['close', () => ({ done: true, value: undefined })],
  [
    'error',
    (error) => {
      throw error
    },
  ],
])

/** Whether a value is a Node stream that can be read. By what it can do, because there are several implementations. */
export function isNodeStream(value: NodeReadable): boolean {
  return [value.read, value.pipe, value.emit].every((method) => typeof method === 'function')
}

/**
 * Ends a span when a Node stream has ended, was destroyed, or has failed.
 *
 * It watches `emit`, through which every chunk and every end passes: a listener of our own would set the stream flowing, or count as
 * handling its error.
 *
 * @param stream - Stays the same object. One that is never read or destroyed never ends its span.
 * @param step - Gets its chunks, and its end.
 * @returns The stream; `undefined` for one that is done.
 */
export function settleNodeStream(stream: NodeReadable, step: Step): NodeReadable | undefined {
  // What can be written to as well is a connection and no result, unless it transforms the one into the other. Nothing more comes from one
  // that has ended or closed.
  if ((stream.write && !stream._transform) || stream.readableEnded || stream.destroyed) return undefined
  return wrapMethods(stream, {
    emit:
      (emit) =>
      (...args) => {
        const [event, value] = args
        const resultOf = RESULTS.get(event)
        // Whoever listens gets an error; it is not thrown here.
        if (resultOf) attempt(() => step(() => resultOf(value)))
        return emit(...args)
      },
  })
}
