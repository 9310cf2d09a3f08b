/** One thing wrong with a request, in the shape in which Langfuse (zod 4) reports it. */
export interface RequestIssue {
  readonly code: string
  /** Where: the keys that lead to the value. */
  readonly path: readonly (string | number)[]
  readonly message: string
  /** What the code adds: `expected`, `values`, `maximum`, … */
  readonly [detail: string]: unknown
}

/** A request that is answered with an error; the body is Langfuse's, so that its clients understand it. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 421
  readonly body: Readonly<Record<string, unknown>>

  /**
   * @param status The HTTP status.
   * @param body The JSON to answer with.
   */
  constructor(status: ApiError['status'], body: Readonly<Record<string, unknown>>) {
    super(`answered with ${status}`)
    this.status = status
    this.body = body
  }
}

/**
 * A request whose parameters contradict what can be asked.
 *
 * @param message What is wrong, for the one who sent it.
 * @returns The error to throw.
 */
export function invalidRequest(message: string): ApiError {
  return new ApiError(400, { message, error: 'InvalidRequestError' })
}

/**
 * A request whose parameters or body do not have the right shape.
 *
 * @param issues What is wrong, each with its place.
 * @returns The error to throw.
 */
export function invalidData(issues: readonly RequestIssue[]): ApiError {
  return new ApiError(400, { message: 'Invalid request data', error: issues })
}

/**
 * A request for something that is not there.
 *
 * @param message What is missing.
 * @returns The error to throw.
 */
export function notFound(message: string): ApiError {
  return new ApiError(404, { message, error: 'LangfuseNotFoundError' })
}

/**
 * A request that does not go with what is there.
 *
 * @param message What is in the way.
 * @returns The error to throw.
 */
export function conflict(message: string): ApiError {
  return new ApiError(409, { message, error: 'LangfuseConflictError' })
}
