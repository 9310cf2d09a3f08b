import { Trace } from '../model/trace.js'
import type { ResolvedFetch } from '../options/fetch-traces-options.js'
import { type CallContext, MAX_PARALLEL_REQUESTS } from '../rest/rest-client.js'
import { OBSERVATION_FIELDS } from '../wire/observation-v2.js'
import type { Score } from '../wire/score-v3.js'
import { discoverTraces, justPlace } from './discover.js'
import type { LoadContext } from './load-context.js'
import { mapInOrder } from './map-in-order.js'
import { readAhead } from './read-ahead.js'
import { type RowsByTrace, readObservations } from './read-observations.js'
import type { Root } from './read-roots.js'
import { readTraceScores } from './read-scores.js'
import { createTraceBatches, type TraceBatches } from './trace-batches.js'

/**
 * Finds the traces that were asked for and reads them, several at once, handing each out as soon as it and those before it are
 * complete. Memory holds the batches that are under way, and the ids of the traces handed out so far.
 *
 * @param context - Client and counters.
 * @param fetch - What was asked for.
 * @yields The traces, newest first.
 * @throws {LoaderError} Whatever the requests throw.
 */
export async function* loadTraces(context: LoadContext, fetch: ResolvedFetch): AsyncGenerator<Trace> {
  if (fetch.full) {
    const discover = (signal: AbortSignal): AsyncGenerator<readonly Root[]> => {
      const ahead = { ...context, call: { ...context.call, signal } }
      return discoverTraces(ahead, fetch, OBSERVATION_FIELDS.identity, justPlace)
    }
    yield* loadBatches(context, idPages(readAhead(discover, context.call.signal)), fetch.scores)
    return
  }
  for await (const roots of discoverTraces(context, fetch, OBSERVATION_FIELDS.summary, (row) => row)) {
    const rows: RowsByTrace = new Map(roots.map((root) => [root.traceId, [root]]))
    const scores = fetch.scores ? await readTraceScores(context, [...rows.keys()], context.call) : []
    for (const trace of makeTraces(rows, scores, true)) {
      context.onTrace(trace)
      yield trace
    }
  }
}

/**
 * Reads traces whose ids are known.
 *
 * @param context - Client and counters.
 * @param traceIds - The traces.
 * @param scores - Whether to read their scores too.
 * @returns The traces that exist, in the order of the ids.
 * @throws {LoaderError} Whatever the requests throw.
 */
export function loadTracesById(
  context: LoadContext,
  traceIds: readonly string[],
  scores: boolean,
): AsyncGenerator<Trace> {
  return loadBatches(context, [traceIds], scores)
}

async function* idPages(pages: AsyncIterable<readonly Root[]>): AsyncGenerator<readonly string[]> {
  for await (const roots of pages) yield roots.map((root) => root.traceId)
}

async function* loadBatches(
  context: LoadContext,
  pages: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
  scores: boolean,
): AsyncGenerator<Trace> {
  const batches = createTraceBatches(context.traits)
  const load = (ids: readonly string[], signal: AbortSignal): Promise<readonly Trace[]> =>
    loadBatch(context, ids, scores, batches.learn, { ...context.call, signal })
  for await (const traces of mapInOrder(batches.split(pages), MAX_PARALLEL_REQUESTS, load, context.call.signal)) {
    for (const trace of traces) {
      context.onTrace(trace)
      yield trace
    }
  }
}

async function loadBatch(
  context: LoadContext,
  ids: readonly string[],
  withScores: boolean,
  learn: TraceBatches['learn'],
  call: CallContext,
): Promise<readonly Trace[]> {
  const reading = readObservations(context, ids, call)
  const noting = reading.then(learn, () => learn(new Map()))
  const [rows, scores] = await Promise.all([reading, withScores ? readTraceScores(context, ids, call) : [], noting])
  // In the order asked for. What was deleted since it was found is no trace any more.
  const inOrder: RowsByTrace = new Map()
  for (const id of ids) {
    const own = rows.get(id)
    if (own !== undefined) inOrder.set(id, own)
  }
  return makeTraces(inOrder, scores, false)
}

function makeTraces(rows: RowsByTrace, scores: readonly Score[], summary: boolean): readonly Trace[] {
  const scoresOf = groupByTrace(scores, rows)
  return [...rows].map(([id, own]) => new Trace(own, { scores: scoresOf.get(id) ?? [], summary }))
}

// A score of an observation need not name its trace; then the observation tells.
function groupByTrace(scores: readonly Score[], rows: RowsByTrace): ReadonlyMap<string, readonly Score[]> {
  const groups = new Map<string, Score[]>()
  if (scores.length === 0) return groups
  const traceOf = new Map([...rows].flatMap(([traceId, own]) => own.map((row) => [row.id, traceId] as const)))
  for (const score of scores) {
    const traceId = score.traceId ?? traceOf.get(score.observationId ?? '')
    if (traceId === undefined) continue
    const group = groups.get(traceId)
    if (group === undefined) groups.set(traceId, [score])
    else group.push(score)
  }
  return groups
}
