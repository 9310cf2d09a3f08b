import type { LangfuseTraceLoader, Trace } from '@axion/loader'
import type { TraceConditions } from '../options/trace-filters.js'

/** Which traces are followed, and which were shown. */
export interface TailQuery {
  readonly conditions: TraceConditions
  /** How many of those that are there, at the first look; `undefined` at the others, for all that are new. */
  readonly atFirst: number | undefined
  /** Ids that were shown, with the start of each in milliseconds; those that are too old to come again are forgotten here. */
  readonly seen: Map<string, number>
  readonly signal: AbortSignal
}

// A trace comes when it ends, and is found by when it began: an agent may run for long, a queue may hold spans back.
const LOOK_BACK_MILLIS = 60 * 60_000
// Of the traces that are there at the first look, only the newest are shown: the others are not new.
const FIRST_DAYS = 7

/**
 * Reads the traces that were not seen yet.
 *
 * @param loader - Where from.
 * @param query - Which ones.
 * @param nowMillis - The present, in milliseconds since the epoch.
 * @returns The traces, oldest first. Adding them to `seen` is up to the caller, once they are shown.
 * @throws {LoaderError} Whatever goes wrong.
 */
export async function readNewTraces(
  loader: LangfuseTraceLoader,
  query: TailQuery,
  nowMillis: number,
): Promise<readonly Trace[]> {
  const { conditions, atFirst, seen, signal } = query
  const fromMillis = nowMillis - LOOK_BACK_MILLIS
  const window = { ...conditions, fromTimestamp: new Date(fromMillis), limit: Number.POSITIVE_INFINITY }
  // Summaries are one request for a thousand traces; most of them are known.
  const there = await loader.fetchTraces({ ...window, fetchFullTraces: false, signal })
  const unknown = there.toArray().flatMap(({ id }) => (seen.has(id) ? [] : [id]))
  forgetBefore(seen, fromMillis)
  if (atFirst === undefined) return oldestFirst(await byIds(loader, unknown, signal))
  const newest = await loader.fetchTraces({ ...conditions, daysBack: FIRST_DAYS, limit: atFirst, signal })
  const shown = new Set(newest.toArray().map(({ id }) => id))
  for (const trace of there) if (!shown.has(trace.id)) seen.set(trace.id, trace.timestamp.getTime())
  return oldestFirst(newest.toArray())
}

async function byIds(loader: LangfuseTraceLoader, traceIds: readonly string[], signal: AbortSignal): Promise<Trace[]> {
  if (traceIds.length === 0) return []
  return (await loader.fetchTraces({ traceIds, signal })).toArray()
}

function forgetBefore(seen: Map<string, number>, millis: number): void {
  for (const [id, startMillis] of seen) if (startMillis < millis) seen.delete(id)
}

function oldestFirst(traces: readonly Trace[]): readonly Trace[] {
  return traces.toSorted((a, b) => a.timestamp.getTime() - b.timestamp.getTime())
}
