import { LoaderError } from '../loader-error.js'
import { metadataConditions } from '../options/fetch-criteria.js'
import type { ResolvedFetch } from '../options/fetch-traces-options.js'
import type { LoadContext } from '../plan/load-context.js'
import { mapInOrder } from '../plan/map-in-order.js'
import { MAX_PARALLEL_REQUESTS } from '../rest/rest-client.js'
import type { FilterCondition } from '../wire/filter-condition.js'
import type { LegacyTrace, LegacyTraceDetails } from '../wire/legacy-trace.js'
import { getTrace, type LegacyFields } from './get-trace.js'
import { knowsTraceFilters } from './knows-trace-filters.js'
import { type LegacyTraceList, listTraces, MAX_LEGACY_ROWS_PER_PAGE } from './list-traces.js'
import { criteriaParameters, meetsCriteria } from './trace-criteria.js'

// Most ids in one filter, so that the URL stays below the 8 kB that proxies commonly allow.
const MAX_IDS_PER_FILTER = 100

/**
 * Finds the traces that were asked for in the list of traces of Langfuse 3.
 *
 * @param context - Client and counters.
 * @param fetch - What was asked for.
 * @param fields - Field groups.
 * @yields The traces, newest first, each once; at most `limit` in all.
 * @throws {LoaderError} Whatever the requests throw; `unsupported_server` if the server would ignore conditions.
 */
export async function* discoverLegacy(
  context: LoadContext,
  fetch: ResolvedFetch,
  fields: LegacyFields,
): AsyncGenerator<readonly LegacyTrace[]> {
  if (fetch.traceIds !== undefined) {
    yield (await getTraces(context, fetch, fetch.traceIds, fields)).map(({ trace }) => trace)
    return
  }
  const seen = new Set<string>(context.done)
  if (seen.size >= fetch.limit) return
  const filter = await serverFilter(context, fetch)
  for await (const rows of listTraces(context, listOf(fetch, fields, filter, fetch.limit))) {
    const fitting: LegacyTrace[] = []
    for (const trace of rows) {
      if (seen.size === fetch.limit) break
      if (seen.has(trace.id) || !meetsCriteria(trace, fetch.criteria, fetch.window)) continue
      seen.add(trace.id)
      fitting.push(trace)
    }
    if (fitting.length > 0) yield fitting
    if (seen.size === fetch.limit) return
  }
}

// Metadata comes with inputs and outputs only.
function withMetadata(fields: LegacyFields, fetch: ResolvedFetch): LegacyFields {
  return fields === 'core' && fetch.criteria.metadata.length > 0 ? 'core,io' : fields
}

/**
 * Reads traces of Langfuse 3 by the ids that were asked for. One by one, because its list of traces may be cut to a span of days by
 * the server's configuration, and because a list of ids is a filter, which not every version knows.
 *
 * @param context - Client and counters.
 * @param fetch - What was asked for.
 * @param traceIds - The ids.
 * @param fields - Field groups.
 * @returns Those that exist and fit, newest first; at most `limit`.
 * @throws {LoaderError} Whatever the requests throw.
 */
export async function getTraces(
  context: LoadContext,
  fetch: ResolvedFetch,
  traceIds: readonly string[],
  fields: LegacyFields,
): Promise<readonly LegacyTraceDetails[]> {
  const allowed = fetch.criteria.filter.length === 0 ? traceIds : await filteredIds(context, fetch, traceIds)
  const found: LegacyTraceDetails[] = []
  const read = (id: string, signal: AbortSignal): Promise<LegacyTraceDetails | undefined> =>
    getTrace(context, id, withMetadata(fields, fetch), { ...context.call, signal })
  const wanted = allowed.filter((id) => !context.done.has(id))
  for await (const details of mapInOrder(wanted, MAX_PARALLEL_REQUESTS, read, context.call.signal)) {
    if (details !== undefined && meetsCriteria(details.trace, fetch.criteria, fetch.window)) found.push(details)
  }
  const left = fetch.limit - context.done.size
  return found.sort((a, b) => b.trace.timestamp.getTime() - a.trace.timestamp.getTime()).slice(0, Math.max(0, left))
}

// What Langfuse's own conditions say only the server knows.
async function filteredIds(
  context: LoadContext,
  fetch: ResolvedFetch,
  traceIds: readonly string[],
): Promise<readonly string[]> {
  const filter = await serverFilter(context, fetch)
  const ids: string[] = []
  for (let start = 0; start < traceIds.length; start += MAX_IDS_PER_FILTER) {
    const value = traceIds.slice(start, start + MAX_IDS_PER_FILTER)
    const condition: FilterCondition = { type: 'stringOptions', column: 'id', operator: 'any of', value }
    const list = listOf(fetch, 'core', [...filter, condition], Number.POSITIVE_INFINITY)
    for await (const rows of listTraces(context, list)) ids.push(...rows.map(({ id }) => id))
  }
  return ids.filter((id) => traceIds.includes(id))
}

async function serverFilter(context: LoadContext, fetch: ResolvedFetch): Promise<readonly FilterCondition[]> {
  const { filter } = fetch.criteria
  // A dotted key may name a path through nested metadata, which version 3 keeps as one text: only `meetsCriteria` can look into it.
  const metadata = metadataConditions({
    ...fetch.criteria,
    metadata: fetch.criteria.metadata.filter(([key]) => !key.includes('.')),
  })
  if (await knowsTraceFilters(context, filter.length + metadata.length > 0)) return [...metadata, ...filter]
  if (filter.length === 0) return []
  const message =
    'Cannot load traces: this server knows no filter conditions: leave the option filter out, or upgrade it to Langfuse 4'
  throw new LoaderError('unsupported_server', message, { path: '/api/public/traces' })
}

function listOf(
  fetch: ResolvedFetch,
  fields: LegacyFields,
  filter: readonly FilterCondition[],
  limit: number,
): LegacyTraceList {
  return {
    parameters: [
      ...criteriaParameters(fetch.criteria),
      ['fields', withMetadata(fields, fetch)],
      ...(filter.length === 0 ? [] : [['filter', JSON.stringify(filter)] as const]),
    ],
    window: fetch.window,
    limit: Math.min(limit, MAX_LEGACY_ROWS_PER_PAGE),
  }
}
