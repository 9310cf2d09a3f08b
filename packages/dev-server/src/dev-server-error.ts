/**
 * Why the dev-server could not start, or its data not be read.
 *
 * - `invalid_options`: an option has a value that cannot work.
 * - `data_dir_unusable`: the data directory cannot be created, read or written.
 * - `store_in_use`: another process, or another server of this one, holds the data directory.
 * - `newer_schema`: the database was written by a newer version of this package.
 * - `corrupt_store`: the database, or the key file beside it, is not what this package writes.
 * - `port_in_use`: something else listens on the port.
 * - `listen_failed`: the address cannot be listened on for another reason (no such host, no permission).
 * - `invalid_query`: what `queryStore` was asked is not one query, or SQLite does not understand it.
 */
export type DevServerErrorCode =
  | 'invalid_options'
  | 'data_dir_unusable'
  | 'store_in_use'
  | 'newer_schema'
  | 'corrupt_store'
  | 'port_in_use'
  | 'listen_failed'
  | 'invalid_query'

/** What the error is about, as far as it is known. */
export interface DevServerErrorDetails {
  /** The file or directory in question. */
  readonly path?: string
  /** The TCP port in question. */
  readonly port?: number
  /** What was thrown underneath. */
  readonly cause?: unknown
}

/** The one error type this package throws at its caller; `code` says which of the documented cases it is. */
export class DevServerError extends Error {
  override readonly name = 'DevServerError'
  /** The case; see {@link DevServerErrorCode}. */
  readonly code: DevServerErrorCode
  /** The file or directory in question, when there is one. */
  readonly path: string | undefined
  /** The TCP port in question, when there is one. */
  readonly port: number | undefined

  /**
   * @param code Which documented case this is.
   * @param message What was attempted, what was found, what to do.
   * @param details The path or port, and the cause.
   */
  constructor(code: DevServerErrorCode, message: string, details: DevServerErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.path = details.path
    this.port = details.port
  }
}
