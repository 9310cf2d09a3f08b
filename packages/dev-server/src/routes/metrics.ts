import type { Handler } from 'hono'
import { fillTimes } from '../store/fill-times.js'
import type { Store } from '../store/store.js'
import { type MetricsApi, parseMetricsRequest } from '../wire/metrics-request.js'
import { type HttpEnv, queryParams } from './http-env.js'

/**
 * `GET /api/public/v2/metrics`, and `GET /api/public/metrics` of version 3: figures of observations and scores, by group and by time.
 *
 * @param store Where they are.
 * @param api Which of the two.
 * @returns The handler.
 */
export function showMetrics(store: Store, api: MetricsApi): Handler<HttpEnv> {
  return (c) => {
    const { query, isFilled } = parseMetricsRequest(queryParams(c), api)
    const rows = store.findMetrics(query)
    return c.json({ data: isFilled ? fillTimes(rows, query) : rows })
  }
}
