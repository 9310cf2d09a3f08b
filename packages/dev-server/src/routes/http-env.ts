import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { QueryParams } from '../wire/parse-request.js'

/** What Hono handlers of this server find in their context: Node's request and response. */
export interface HttpEnv {
  Bindings: HttpBindings
}

/**
 * The query parameters of a request; a repeated one has all its values.
 *
 * @param c The context.
 * @returns The parameters by name.
 */
export function queryParams(c: Context<HttpEnv>): QueryParams {
  const entries = Object.entries(c.req.queries()).map(([name, values]) => [
    name,
    values.length === 1 ? values[0] : values,
  ])
  return Object.fromEntries(entries)
}
