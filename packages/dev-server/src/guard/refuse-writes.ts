import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import { ApiError } from '../wire/api-error.js'

/** Methods that change nothing. */
const READING = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses whatever would write.
 *
 * @returns The middleware, which throws an {@link ApiError} with 403.
 */
export function refuseWrites(): MiddlewareHandler {
  return createMiddleware(async (c, next) => {
    // Logging into the viewer writes nothing but a cookie.
    if (!READING.has(c.req.method) && c.req.path !== '/login') {
      throw new ApiError(403, { message: 'This dev-server is read-only', error: 'ForbiddenError' })
    }
    await next()
  })
}
