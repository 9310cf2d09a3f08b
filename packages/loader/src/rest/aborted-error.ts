import { LoaderError } from '../loader-error.js'

/**
 * Makes the error for what the caller's signal ended.
 *
 * @param task - What was being done, after "Cannot": `load traces`.
 * @param cause - What was thrown, or the signal's reason.
 * @returns The error, to be thrown.
 */
export function abortedError(task: string, cause: unknown): LoaderError {
  return new LoaderError('aborted', `Cannot ${task}: the caller's signal was aborted`, { cause })
}
