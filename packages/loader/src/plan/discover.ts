import { LoaderError } from '../loader-error.js'
import type { ResolvedFetch } from '../options/fetch-traces-options.js'
import type { ObservationRow } from '../wire/observation-v2.js'
import type { LoadContext } from './load-context.js'
import { type Root, type RootQuery, readRoots } from './read-roots.js'
import { withTraceIds } from './with-trace-ids.js'

/**
 * Finds the traces that were asked for, by their roots: Langfuse 4 filters observations, not traces.
 *
 * @param context - Client and counters.
 * @param fetch - What was asked for.
 * @param fields - Field groups of the roots.
 * @param keep - Picks what is needed of a root.
 * @yields The roots of new traces, one of each trace (its newest that fits), newest first; at most `limit` in all.
 * @throws {LoaderError} Whatever the requests throw.
 */
export async function* discoverTraces<Kept extends Root>(
  context: LoadContext,
  fetch: ResolvedFetch,
  fields: string,
  keep: (row: ObservationRow) => Kept,
): AsyncGenerator<readonly Kept[]> {
  const seen = new Set<string>(context.done)
  if (seen.size >= fetch.limit) return
  const query: RootQuery<Kept> = {
    fields,
    keep,
    conditions: fetch.conditions,
    window: fetch.window,
    limit: fetch.limit,
  }
  for await (const rows of fetch.traceIds === undefined
    ? readRoots(context, query)
    : readRootsById(context, query, fetch.traceIds)) {
    const roots: Kept[] = []
    for (const row of rows) {
      if (seen.has(row.traceId) || seen.size === fetch.limit) continue
      seen.add(row.traceId)
      roots.push(row)
    }
    if (roots.length > 0) yield roots
    if (seen.size === fetch.limit) return
  }
}

// Ids come in lists that fit a URL; only when all of them were asked for is it known which are the newest.
async function* readRootsById<Kept extends Root>(
  context: LoadContext,
  query: RootQuery<Kept>,
  traceIds: readonly string[],
): AsyncGenerator<readonly Kept[]> {
  const found: Kept[] = []
  for await (const rows of withTraceIds(context, traceIds, (condition) =>
    readRoots(context, {
      ...query,
      conditions: [...query.conditions, condition],
      limit: Number.POSITIVE_INFINITY,
    }),
  )) {
    found.push(...rows)
  }
  const wanted = new Set(traceIds)
  const stray = found.find((row) => !wanted.has(row.traceId))
  if (stray !== undefined) throw strayTrace(stray)
  yield found.sort((a, b) => b.startTime.getTime() - a.startTime.getTime())
}

/**
 * Makes the error for a row that belongs to a trace nobody asked for: better no answer than a wrong one.
 *
 * @param row - The row.
 * @returns The error, to be thrown.
 */
export function strayTrace(row: Pick<ObservationRow, 'traceId'>): LoaderError {
  const message = 'Cannot load traces: the server answered with an observation of another trace than asked for'
  return new LoaderError('invalid_response', message, { path: 'traceId', traceId: row.traceId })
}

/**
 * Picks what finding a trace takes of its root.
 *
 * @param row - The root.
 * @returns Its trace and its time.
 */
export function justPlace({ traceId, startTime }: ObservationRow): Root {
  return { traceId, startTime }
}
