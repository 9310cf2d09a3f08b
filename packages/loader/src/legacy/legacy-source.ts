import type { Trace } from '../model/trace.js'
import { summaryOfLegacy, traceOfLegacy } from '../model/trace-of-legacy.js'
import type { ResolvedFetch } from '../options/fetch-traces-options.js'
import type { LoadContext } from '../plan/load-context.js'
import { mapInOrder } from '../plan/map-in-order.js'
import type { TraceSource } from '../plan/trace-source.js'
import { MAX_PARALLEL_REQUESTS } from '../rest/rest-client.js'
import type { Score } from '../wire/score-v3.js'
import { discoverLegacy, getTraces } from './discover-legacy.js'
import { getTrace, type LegacyFields } from './get-trace.js'
import { listLegacyScores } from './list-scores.js'
import { listSessionTraces } from './list-session-traces.js'

/** Langfuse 3: `traces`, `traces/{id}`, `sessions/{id}` and `v2/scores`. It gives whole traces one a request only, so several are asked for at once. */
export const LEGACY_SOURCE: TraceSource = {
  traces: (context, fetch) => (fetch.full ? loadTraces(context, fetch) : loadSummaries(context, fetch)),
  tracesById: loadById,
  sessionTraces: listSessionTraces,
  sessions: discoverSessions,
  count: countTraces,
  scores: listLegacyScores,
}

async function* loadTraces(context: LoadContext, fetch: ResolvedFetch): AsyncGenerator<Trace> {
  if (fetch.traceIds === undefined) {
    yield* loadById(context, idsOf(discoverLegacy(context, fetch, 'core')), fetch.scores)
    return
  }
  for (const details of await getTraces(context, fetch, fetch.traceIds, wholeFields(fetch.scores))) {
    const trace = traceOfLegacy(details)
    context.onTrace(trace)
    yield trace
  }
}

function wholeFields(scores: boolean): LegacyFields {
  return scores ? 'core,io,observations,metrics,scores' : 'core,io,observations,metrics'
}

async function* idsOf(pages: AsyncIterable<readonly { readonly id: string }[]>): AsyncGenerator<string> {
  for await (const rows of pages) for (const { id } of rows) yield id
}

async function* loadById(
  context: LoadContext,
  traceIds: AsyncIterable<string> | Iterable<string>,
  scores: boolean,
): AsyncGenerator<Trace> {
  const load = async (id: string, signal: AbortSignal): Promise<Trace | undefined> => {
    const details = await getTrace(context, id, wholeFields(scores), { ...context.call, signal })
    return details === undefined ? undefined : traceOfLegacy(details)
  }
  for await (const trace of mapInOrder(traceIds, MAX_PARALLEL_REQUESTS, load, context.call.signal)) {
    // What was deleted since it was found is no trace any more.
    if (trace === undefined) continue
    context.onTrace(trace)
    yield trace
  }
}

async function* loadSummaries(context: LoadContext, fetch: ResolvedFetch): AsyncGenerator<Trace> {
  for await (const rows of discoverLegacy(context, fetch, 'core,io,metrics')) {
    context.onObservations(rows.length)
    const scoresOf = fetch.scores ? await scoresByTrace(context, rows) : new Map<string, Score[]>()
    for (const row of rows) {
      const trace = summaryOfLegacy(row, scoresOf.get(row.id) ?? [])
      context.onTrace(trace)
      yield trace
    }
  }
}

async function scoresByTrace(
  context: LoadContext,
  rows: readonly { readonly id: string }[],
): Promise<ReadonlyMap<string, Score[]>> {
  const groups = new Map<string, Score[]>()
  const fetch = { of: 'traceId', ids: rows.map(({ id }) => id), names: undefined } as const
  for await (const score of listLegacyScores(context, fetch)) {
    const group = groups.get(score.traceId ?? '')
    if (group === undefined) groups.set(score.traceId ?? '', [score])
    else group.push(score)
  }
  return groups
}

async function* discoverSessions(context: LoadContext, fetch: ResolvedFetch): AsyncGenerator<string> {
  const seen = new Set<string>()
  for await (const rows of discoverLegacy(context, { ...fetch, limit: Number.POSITIVE_INFINITY }, 'core')) {
    for (const { sessionId } of rows) {
      if (sessionId === null || seen.has(sessionId)) continue
      seen.add(sessionId)
      yield sessionId
      if (seen.size === fetch.limit) return
    }
  }
}

async function* countTraces(context: LoadContext, fetch: ResolvedFetch): AsyncGenerator<number> {
  let count = 0
  for await (const rows of discoverLegacy(context, fetch, 'core')) count += rows.length
  yield count
}
