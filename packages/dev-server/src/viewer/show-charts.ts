import type { Handler } from 'hono'
import type { HttpEnv } from '../routes/http-env.js'
import type { ViewerStore } from '../store/viewer/viewer-store.js'
import { parseMillis } from './parse-millis.js'

/** Parts of the time a chart shows. */
const MAX_BUCKETS = 60

/** Lines that can be asked for: as many as have a colour. */
const MAX_ONLY = 6

/**
 * `GET /viewer/api/charts`: what there was over time; `by` is `name` or `model`, `only` names some, `from` and `to` bound the time.
 *
 * @param viewer Where the traces are.
 * @returns The handler.
 */
export function showCharts(viewer: ViewerStore): Handler<HttpEnv> {
  return (c) => {
    const only = [...new Set(c.req.queries('only') ?? [])].filter((name) => name !== '').slice(0, MAX_ONLY)
    return c.json(
      viewer.readCharts({
        by: c.req.query('by') === 'model' ? 'model' : 'name',
        only,
        fromMillis: parseMillis(c.req.query('from')),
        toMillis: parseMillis(c.req.query('to')),
        maxBuckets: MAX_BUCKETS,
      }),
    )
  }
}
