import { LoaderError } from '../../loader-error.js'

/**
 * Parses JSON from a file.
 *
 * @param text - The text.
 * @param at - File and line, for the message.
 * @returns What it holds.
 * @throws {LoaderError} `invalid_dataset` if it is no JSON.
 */
export function parseJsonRow(text: string, at: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new LoaderError('invalid_dataset', `Cannot read dataset: ${at}: no valid JSON`, { path: at, cause })
  }
}

/**
 * Makes the error for a file that cannot be read.
 *
 * @param path - The file.
 * @param cause - What the file system said.
 * @returns The error, to be thrown.
 */
export function readFailed(path: string | URL, cause: unknown): LoaderError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason'
  const reason = code === 'ENOENT' ? 'there is no such file' : code
  return new LoaderError('read_failed', `Cannot read dataset: ${String(path)}: ${reason}`, {
    path: String(path),
    cause,
  })
}
