import type { Handler } from 'hono'
import type { Store } from '../store/store.js'
import { parseMetricsRequest } from '../wire/metrics-request.js'
import { type HttpEnv, queryParams } from './http-env.js'

/**
 * `GET /api/public/v2/metrics`: figures of observations and scores, by group and by time.
 *
 * @param store Where they are.
 * @returns The handler.
 */
export function showMetrics(store: Store): Handler<HttpEnv> {
  return (c) => c.json({ data: store.findMetrics(parseMetricsRequest(queryParams(c))) })
}
