import type { CallRecord } from '../calls/call-record.js'
import type { ModelOperation } from '../calls/model-operation.js'
import { observeIterator } from '../calls/observe-iterator.js'
import { replaceMethod } from '../calls/replace-method.js'

/** The `Stream` of the clients; `tee()` and `toReadableStream()` read through `iterator` as well. */
interface ApiStream {
  iterator: () => AsyncIterator<unknown>
  readonly controller?: AbortController
}

/**
 * Looks on as a stream is read, and ends the record with it.
 *
 * @param stream - What a request resolved to.
 * @param record - The call's.
 * @param operation - How its chunks are put together.
 * @returns `false` if this is no stream.
 */
export function observeStream(stream: unknown, record: CallRecord, operation: ModelOperation): stream is object {
  if (!operation.assemble || !isApiStream(stream)) return false
  const { iterator } = stream
  const assembly = operation.assemble()
  // Asking the stream keeps it from being collected, and so from being taken for abandoned, as long as its iterator is used.
  const isAborted = (): boolean => stream.controller?.signal.aborted === true
  // An async generator function in the place of one: whoever prints the stream sees what it is.
  replaceMethod(stream, 'iterator', async function* () {
    const observed = observeIterator(Reflect.apply(iterator, stream, []), record, assembly, isAborted)
    return yield* { [Symbol.asyncIterator]: () => observed }
  })
  return true
}

function isApiStream(value: unknown): value is ApiStream {
  return (
    typeof value === 'object' &&
    value !== null &&
    'iterator' in value &&
    typeof value.iterator === 'function' &&
    Symbol.asyncIterator in value
  )
}
