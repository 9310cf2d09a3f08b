import type { Trace } from './model/trace.js'
import type { LoadContext } from './plan/load-context.js'
import type { TraceSource } from './plan/trace-source.js'
import { Session } from './session.js'

/**
 * Reads sessions with all their traces, many a request where the server allows.
 *
 * @param source - Where to read.
 * @param context - Client and counters.
 * @param sessionIds - The sessions.
 * @param scores - Whether to read scores too.
 * @returns The sessions that have traces, in the order of the ids.
 * @throws {LoaderError} Whatever the requests throw.
 */
export async function loadSessions(
  source: TraceSource,
  context: LoadContext,
  sessionIds: readonly string[],
  scores: boolean,
): Promise<readonly Session[]> {
  const idsOf = new Map<string, Set<string>>()
  for await (const { sessionId, traceId } of source.sessionTraces(context, sessionIds)) {
    const known = idsOf.get(sessionId)
    if (known === undefined) idsOf.set(sessionId, new Set([traceId]))
    else known.add(traceId)
  }
  // A trace may belong to several sessions, where its spans do not agree.
  const traceIds = [...new Set([...idsOf.values()].flatMap((ids) => [...ids]))]
  const traces = new Map<string, Trace>()
  for await (const trace of source.tracesById(context, traceIds, scores)) traces.set(trace.id, trace)
  return sessionIds.flatMap((id) => {
    const own = [...(idsOf.get(id) ?? [])].flatMap((traceId) => traces.get(traceId) ?? [])
    return own.length === 0 ? [] : [new Session(id, own)]
  })
}
