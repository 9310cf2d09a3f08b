import type { ResolvedFetch } from '../options/fetch-traces-options.js'
import { OBSERVATION_FIELDS } from '../wire/observation-v2.js'
import { discoverTraces, justPlace } from './discover.js'
import { discoverSessionTraces } from './discover-session-traces.js'
import type { LoadContext } from './load-context.js'
import { loadTraces, loadTracesById } from './load-traces.js'
import { readScores } from './read-scores.js'
import type { TraceSource } from './trace-source.js'

/** Langfuse 4: `v2/observations` and `v3/scores`. */
export const OBSERVATION_SOURCE: TraceSource = {
  traces: loadTraces,
  tracesById: loadTracesById,
  sessionTraces: discoverSessionTraces,
  sessions: discoverSessions,
  count: countTraces,
  scores: (context, fetch) => readScores(context, fetch, context.call),
}

// There is no list of sessions in Langfuse 4: the roots say which ones there are.
async function* discoverSessions(context: LoadContext, fetch: ResolvedFetch): AsyncGenerator<string> {
  const seen = new Set<string>()
  const unlimited = { ...fetch, limit: Number.POSITIVE_INFINITY }
  for await (const roots of discoverTraces(context, unlimited, OBSERVATION_FIELDS.labels, (row) => ({
    ...justPlace(row),
    sessionId: row.sessionId,
  }))) {
    for (const { sessionId } of roots) {
      if (sessionId === null || seen.has(sessionId)) continue
      seen.add(sessionId)
      yield sessionId
      if (seen.size === fetch.limit) return
    }
  }
}

async function* countTraces(context: LoadContext, fetch: ResolvedFetch): AsyncGenerator<number> {
  let count = 0
  for await (const roots of discoverTraces(context, fetch, OBSERVATION_FIELDS.identity, justPlace))
    count += roots.length
  yield count
}
