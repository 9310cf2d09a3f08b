import type { Handler } from 'hono'
import type { Store } from '../store/store.js'
import type { HttpEnv } from './http-env.js'

/**
 * `DELETE /api/public/traces/{id}`: deletes the observations of a trace. It answers the same when there are none.
 *
 * @param store Where they are.
 * @returns The handler.
 */
export function deleteTrace(store: Store): Handler<HttpEnv, '/api/public/traces/:traceId'> {
  return (c) => {
    store.deleteTrace(c.req.param('traceId'))
    return c.json({ message: 'Trace deleted successfully' })
  }
}
