import { LoaderError } from '../loader-error.js'
import type { ResolvedFetch } from '../options/fetch-traces-options.js'
import { MAX_OBSERVATIONS_PER_PAGE, observationList } from '../rest/endpoints.js'
import { readPages } from '../rest/pages.js'
import type { FilterCondition } from '../wire/filter-condition.js'
import { OBSERVATION_FIELDS, type ObservationRow } from '../wire/observation-v2.js'
import type { LoadContext } from './load-context.js'
import { withTraceIds } from './with-trace-ids.js'

/**
 * Finds the traces that were asked for, by their roots: Langfuse 4 filters observations, not traces.
 *
 * @param context - Client and counters.
 * @param fetch - What was asked for.
 * @yields The roots of new traces, one of each trace (its newest that fits), newest first; at most `limit` in all.
 * @throws {LoaderError} Whatever the requests throw.
 */
export async function* discoverTraces(
  context: LoadContext,
  fetch: ResolvedFetch,
): AsyncGenerator<readonly ObservationRow[]> {
  const seen = new Set<string>()
  for await (const rows of fetch.traceIds === undefined
    ? readRoots(context, fetch, [])
    : readRootsById(context, fetch, fetch.traceIds)) {
    const roots: ObservationRow[] = []
    for (const row of rows) {
      if (seen.has(row.traceId) || seen.size === fetch.limit) continue
      seen.add(row.traceId)
      roots.push(row)
    }
    if (roots.length > 0) yield roots
    if (seen.size === fetch.limit) return
  }
}

async function* readRoots(
  context: LoadContext,
  fetch: ResolvedFetch,
  narrowing: readonly FilterCondition[],
): AsyncGenerator<readonly ObservationRow[]> {
  const filter = [...rootConditions(fetch), ...fetch.conditions, ...narrowing]
  const fields = fetch.full ? OBSERVATION_FIELDS.identity : OBSERVATION_FIELDS.summary
  // Roots and traces are nearly always as many, so the limit is a good size for the page too.
  const limit = Math.min(fetch.limit, MAX_OBSERVATIONS_PER_PAGE)
  const list = observationList({ fields, limit, filter }, (page) => ({ task: 'load traces', subject: `page ${page}` }))
  for await (const rows of readPages(context.rest, list, context.call)) {
    context.onObservations(rows.length)
    yield rows
  }
}

// Ids come in lists that fit a URL; only when all of them were asked for is it known which are the newest.
async function* readRootsById(
  context: LoadContext,
  fetch: ResolvedFetch,
  traceIds: readonly string[],
): AsyncGenerator<readonly ObservationRow[]> {
  const found: ObservationRow[] = []
  const unlimited = { ...fetch, limit: Number.POSITIVE_INFINITY }
  for await (const rows of withTraceIds(context, traceIds, (condition) => readRoots(context, unlimited, [condition]))) {
    found.push(...rows)
  }
  const wanted = new Set(traceIds)
  const stray = found.find((row) => !wanted.has(row.traceId))
  if (stray !== undefined) throw strayTrace(stray)
  yield found.sort((a, b) => b.startTime.getTime() - a.startTime.getTime())
}

function rootConditions(fetch: ResolvedFetch): readonly FilterCondition[] {
  const conditions: FilterCondition[] = [{ type: 'boolean', column: 'isRootObservation', operator: '=', value: true }]
  const { from, to } = fetch.window ?? {}
  if (from !== undefined)
    conditions.push({ type: 'datetime', column: 'startTime', operator: '>=', value: from.toISOString() })
  if (to !== undefined)
    conditions.push({ type: 'datetime', column: 'startTime', operator: '<', value: to.toISOString() })
  return conditions
}

/**
 * Makes the error for a row that belongs to a trace nobody asked for: better no answer than a wrong one.
 *
 * @param row - The row.
 * @returns The error, to be thrown.
 */
export function strayTrace(row: ObservationRow): LoaderError {
  const message = 'Cannot load traces: the server answered with an observation of another trace than asked for'
  return new LoaderError('invalid_response', message, { path: 'traceId', traceId: row.traceId })
}
