/**
 * What kind of failure a {@link LoaderError} reports; branch on this, never on the message.
 *
 * - `invalid_options`: an argument is missing, malformed or contradicts another; no request was made.
 * - `unauthorized`, `forbidden`, `not_found`, `rate_limited`, `bad_request`: what the server answered (401, 403, 404, 429, other 4xx).
 * - `unavailable`: the server could not be reached, did not answer in time, or answered 5xx.
 * - `invalid_response`: the answer is not what Langfuse's API promises (HTML, cut off, a wrong type, an endless cursor).
 * - `unsupported_server`: a Langfuse that speaks no read API that is known here, or would ignore a condition.
 * - `aborted`: the caller's `AbortSignal` fired.
 * - `invalid_dataset`: a record or line is no dataset item.
 * - `invalid_file`: a file of traces, of a checkpoint or of Langfuse's export is not what it should be.
 * - `in_use`: another fetch, of this process or another, is using the same checkpoint.
 * - `slow_pattern`: a pattern of `PromptPatterns` takes too long on a prompt.
 * - `read_failed`, `write_failed`: the file system refused.
 */
export type LoaderErrorCode =
  | 'invalid_options'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'rate_limited'
  | 'unavailable'
  | 'bad_request'
  | 'invalid_response'
  | 'unsupported_server'
  | 'aborted'
  | 'invalid_dataset'
  | 'invalid_file'
  | 'in_use'
  | 'slow_pattern'
  | 'read_failed'
  | 'write_failed'

/** The structured part of a {@link LoaderError}; fields that do not apply are left out. */
export interface LoaderErrorDetails {
  /** HTTP status of the last answer. */
  status?: number
  /** How many times the request was sent. */
  attempts?: number
  /** Whether the same call may succeed later without any change. @default false */
  retryable?: boolean
  /** The URL path that was asked for, the file that was read or written, or the field that was wrong. */
  path?: string
  /** The trace that was being read. */
  traceId?: string
  /** The error underneath. */
  cause?: unknown
}

/** Every failure of this package: a documented `code`, a message that says what to do, and the facts as fields. */
export class LoaderError extends Error {
  override readonly name = 'LoaderError'
  readonly code: LoaderErrorCode
  readonly status: number | undefined
  readonly attempts: number | undefined
  readonly retryable: boolean
  readonly path: string | undefined
  readonly traceId: string | undefined

  /**
   * @param code - The kind of failure.
   * @param message - What was attempted, what was found, what to do. Never a secret.
   * @param details - The facts, for programs.
   */
  constructor(code: LoaderErrorCode, message: string, details: LoaderErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.status = details.status
    this.attempts = details.attempts
    this.retryable = details.retryable ?? false
    this.path = details.path
    this.traceId = details.traceId
  }
}
