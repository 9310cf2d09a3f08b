import type { Handler } from 'hono'
import type { HttpEnv } from '../routes/http-env.js'
import type { TraceListPosition } from '../store/viewer/trace-filter.js'
import type { ViewerStore } from '../store/viewer/viewer-store.js'
import { parseTraceFilter } from './parse-trace-filter.js'

/** How many traces a page of the list has. */
const PAGE_SIZE = 100

/** Bars of the chart above the list. */
const MAX_BUCKETS = 120

/**
 * `GET /viewer/api/traces`: a page of the list.
 *
 * @param viewer Where the traces are.
 * @returns The handler.
 */
export function listTraces(viewer: ViewerStore): Handler<HttpEnv> {
  return (c) => {
    const params = c.req.queries()
    const filter = parseTraceFilter(params)
    // One more than is shown says whether there are more.
    const found = viewer.findTraceRows({ filter, after: positionOf(params), limit: PAGE_SIZE + 1 })
    return c.json({
      traces: found.slice(0, PAGE_SIZE),
      hasMore: found.length > PAGE_SIZE,
      unindexed: filter.text === undefined ? 0 : viewer.countUnindexed(),
    })
  }
}

function positionOf(params: Readonly<Record<string, readonly string[]>>): TraceListPosition | undefined {
  const [start = ''] = params.after ?? []
  const [traceId = ''] = params.afterTrace ?? []
  return /^-?\d{1,15}$/.test(start) ? { startMillis: Number(start), traceId } : undefined
}

/**
 * `GET /viewer/api/volume`: the chart above the list.
 *
 * @param viewer Where the traces are.
 * @returns The handler.
 */
export function showVolume(viewer: ViewerStore): Handler<HttpEnv> {
  return (c) => c.json(viewer.readVolume(parseTraceFilter(c.req.queries()), MAX_BUCKETS))
}

/**
 * `GET /viewer/api/facets`: the values that filters offer.
 *
 * @param viewer Where the traces are.
 * @returns The handler.
 */
export function listFacets(viewer: ViewerStore): Handler<HttpEnv> {
  return (c) => c.json(viewer.readFacets())
}
