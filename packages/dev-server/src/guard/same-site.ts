import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import { ApiError } from '../wire/api-error.js'
import type { HostGuard } from './host-guard.js'

/**
 * Refuses requests that other web sites make a browser send. There are no CORS headers here, so such a page could not read the
 * answer, but it must not write either.
 *
 * @param guard Knows the names of this server; undefined until it listens.
 * @returns The middleware, which throws an {@link ApiError} with 421 or 403.
 */
export function sameSite(guard: () => HostGuard | undefined): MiddlewareHandler {
  return createMiddleware(async (c, next) => {
    const known = guard()
    if (known?.isOwnHost(c.req.header('host')) !== true) {
      throw new ApiError(421, {
        message: 'This server does not answer to that host name: use the address it printed at start',
        error: 'MisdirectedRequest',
      })
    }
    const origin = c.req.header('origin')
    if (origin !== undefined && !known.isOwnOrigin(origin)) throw foreign()
    // Without an Origin (images, forms by GET) a browser still says where the request comes from. Following a link is fine.
    const isForeign = origin === undefined && c.req.header('sec-fetch-site') === 'cross-site'
    if (isForeign && c.req.header('sec-fetch-mode') !== 'navigate') throw foreign()
    await next()
  })
}

function foreign(): ApiError {
  return new ApiError(403, { message: 'Requests from other web sites are not accepted', error: 'ForbiddenError' })
}
