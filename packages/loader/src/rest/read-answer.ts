import { LoaderError } from '../loader-error.js'
import type { Purpose } from './answer-error.js'

/**
 * Runs a reader over an answer and says in its errors which request the answer came from: the readers know the field alone.
 *
 * @param purpose - What the request was for.
 * @param path - The URL path.
 * @param read - The reader.
 * @returns What the reader returns.
 * @throws {LoaderError} `invalid_response` naming the request and the field.
 */
export function readAnswer<Value>(purpose: Purpose, path: string, read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof LoaderError)) throw error
    const message = error.message.replace('Cannot read the answer', `Cannot ${purpose.task}: ${purpose.subject}`)
    const traceId = purpose.traceId === undefined ? {} : { traceId: purpose.traceId }
    throw new LoaderError(error.code, message, { path: error.path ?? path, status: 200, cause: error, ...traceId })
  }
}
