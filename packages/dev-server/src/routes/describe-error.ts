import type { ErrorHandler } from 'hono'
import { ApiError } from '../wire/api-error.js'
import type { HttpEnv } from './http-env.js'

/**
 * Turns what a handler threw into an answer. What is no {@link ApiError} is a bug here, or a disk that is full: the answer says
 * what, because on a developer's own machine there is no one else to tell.
 *
 * @param error What was thrown.
 * @param c The context.
 * @returns The answer.
 */
export const describeError: ErrorHandler<HttpEnv> = (error, c) => {
  if (!(error instanceof ApiError)) {
    return c.json({ message: 'Internal Server Error', error: error.message }, 500)
  }
  // The rest of a body that was refused unread must not be taken for the next request.
  if (error.status === 413) c.header('connection', 'close')
  return c.json(error.body, error.status)
}
