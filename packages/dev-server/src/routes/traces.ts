import type { Handler } from 'hono'
import * as v from 'valibot'
import type { Store } from '../store/store.js'
import { parseJsonBody, parseRequest } from '../wire/parse-request.js'
import type { HttpEnv } from './http-env.js'
import { readBody } from './read-body.js'

/** The most a list of traces may have, in bytes: what Langfuse's web framework allows a body. */
const MAX_LIST_BYTES = 1024 * 1024

const TracesBody = v.strictObject({
  traceIds: v.pipe(
    v.array(v.string()),
    v.minLength(1, 'At least 1 traceId is required.'),
    v.maxLength(1000, 'Cannot specify more than 1000 traces in a single request.'),
  ),
})

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

/**
 * `DELETE /api/public/traces`: deletes the observations of several traces. It answers the same when there are none.
 *
 * @param store Where they are.
 * @returns The handler.
 */
export function deleteTraces(store: Store): Handler<HttpEnv> {
  return async (c) => {
    const { traceIds } = parseRequest(TracesBody, parseJsonBody(await readBody(c.env.incoming, MAX_LIST_BYTES)))
    for (const traceId of traceIds) store.deleteTrace(traceId)
    return c.json({ message: 'Traces deleted successfully' })
  }
}
