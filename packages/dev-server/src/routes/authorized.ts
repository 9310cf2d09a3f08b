import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import { authorize } from '../guard/authorize.js'
import type { ApiKeys } from '../options/api-keys.js'
import { ApiError } from '../wire/api-error.js'
import type { HttpEnv } from './http-env.js'

/**
 * Lets through what is authorized.
 *
 * @param keys The keys of this server.
 * @param allowsPublicKey Whether the public key alone, as a bearer token, is enough.
 * @returns The middleware, which throws an {@link ApiError} with 401 or 403.
 */
export function authorized(keys: ApiKeys, allowsPublicKey = false): MiddlewareHandler<HttpEnv> {
  return createMiddleware<HttpEnv>(async (c, next) => {
    const authorization = authorize(c.req.header('authorization'), keys)
    if (authorization.kind === 'refused') throw new ApiError(401, { message: authorization.message })
    if (authorization.kind === 'scores' && !allowsPublicKey) {
      throw new ApiError(403, { message: 'Access denied - insufficient permissions for this endpoint' })
    }
    await next()
  })
}
