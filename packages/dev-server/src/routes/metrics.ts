import type { Handler } from 'hono'
import { fillTimes } from '../store/fill-times.js'
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
  return (c) => {
    const { query, isFilled } = parseMetricsRequest(queryParams(c))
    const rows = store.findMetrics(query)
    return c.json({ data: isFilled ? fillTimes(rows, query) : rows })
  }
}
