import type { ErrorHandler, Handler, NotFoundHandler } from 'hono'
import { ApiError } from '../wire/api-error.js'
import type { HttpEnv } from './http-env.js'

/**
 * Turns what a handler threw into an answer. What is no {@link ApiError} is a bug here, or a disk that is full or fails: the answer says
 * what, because on a developer's own machine there is no one else to tell.
 *
 * @param error What was thrown.
 * @param c The context.
 * @returns The answer.
 */
export const describeError: ErrorHandler<HttpEnv> = (error, c) => {
  if (isDiskError(error)) {
    // Exporters try again after this status, and give up after 500.
    const message = `Cannot write: ${error.message}: free some space on the disk, or check it`
    return c.json({ message, error: 'ServiceUnavailableError' }, 503)
  }
  if (!(error instanceof ApiError)) {
    return c.json({ message: 'Internal Server Error', error: error.message }, 500)
  }
  // The rest of a body that was refused unread must not be taken for the next request.
  if (error.status === 413) c.header('connection', 'close')
  return c.json(error.body, error.status)
}

/** SQLite's codes for a disk without room and for one that fails (sqlite.org/rescode.html). */
function isDiskError(error: Error): boolean {
  return 'code' in error && /^SQLITE_(FULL|IOERR)/.test(String(error.code))
}

/**
 * Answers a method that a path does not have, in Langfuse's words.
 *
 * @param c The context.
 * @returns The answer.
 */
export const methodNotAllowed: Handler<HttpEnv> = (c) =>
  c.json({ message: 'Method not allowed', error: 'MethodNotAllowedError' }, 405)

/**
 * Answers what neither this server nor its pages have. Langfuse has more endpoints than are needed here, so the message says
 * which server answered.
 *
 * @param c The context.
 * @returns The answer.
 */
export const unknownEndpoint: NotFoundHandler<HttpEnv> = (c) =>
  c.json({ message: `The dev-server has no ${c.req.method} ${c.req.path}`, error: 'LangfuseNotFoundError' }, 404)
