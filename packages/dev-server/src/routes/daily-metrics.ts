import type { Handler } from 'hono'
import type { Store } from '../store/store.js'
import { dailyMetricsJson } from '../wire/daily-metrics-json.js'
import { parseDailyMetricsRequest } from '../wire/daily-metrics-request.js'
import { pageJson, pageRange } from '../wire/page-request.js'
import { type HttpEnv, queryParams } from './http-env.js'

/**
 * `GET /api/public/metrics/daily`: what was used each day, by model, the last day first.
 *
 * @param store Where the traces are.
 * @returns The handler.
 */
export function showDailyMetrics({ legacy }: Store): Handler<HttpEnv> {
  return (c) => {
    const { page, query } = parseDailyMetricsRequest(queryParams(c))
    return c.json(pageJson(page, legacy.findDailyMetrics(query, pageRange(page)), dailyMetricsJson))
  }
}
