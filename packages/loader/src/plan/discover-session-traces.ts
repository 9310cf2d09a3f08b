import { LoaderError } from '../loader-error.js'
import { MAX_OBSERVATIONS_PER_PAGE, observationList } from '../rest/endpoints.js'
import { readPages } from '../rest/pages.js'
import type { FilterCondition } from '../wire/filter-condition.js'
import { OBSERVATION_FIELDS } from '../wire/observation-v2.js'
import type { LoadContext } from './load-context.js'
import type { SessionTrace } from './trace-source.js'

// Most ids in one filter. A session's id may be longer than a trace's.
const MAX_SESSION_IDS = 40

/**
 * Finds the traces of sessions by all observations that carry their ids, not only by roots: some SDKs set them elsewhere.
 *
 * @param context - Client and counters.
 * @param sessionIds - The sessions.
 * @yields Each trace of each session, once for each list of sessions that was asked for.
 * @throws {LoaderError} Whatever the requests throw; `invalid_response` if rows of other sessions come.
 */
export async function* discoverSessionTraces(
  context: LoadContext,
  sessionIds: readonly string[],
): AsyncGenerator<SessionTrace> {
  for (let start = 0; start < sessionIds.length; start += MAX_SESSION_IDS) {
    const ids = sessionIds.slice(start, start + MAX_SESSION_IDS)
    const [only] = ids
    const condition: FilterCondition =
      only !== undefined && ids.length === 1
        ? { type: 'string', column: 'sessionId', operator: '=', value: only }
        : { type: 'stringOptions', column: 'sessionId', operator: 'any of', value: ids }
    const list = observationList(
      { fields: OBSERVATION_FIELDS.labels, limit: MAX_OBSERVATIONS_PER_PAGE, filter: [condition] },
      (page) => ({ task: 'load sessions', subject: `page ${page}` }),
    )
    const seen = new Set<string>()
    for await (const rows of readPages(context.rest, list, context.call)) {
      for (const { traceId, sessionId } of rows) {
        if (sessionId === null || !ids.includes(sessionId)) throw straySession(traceId)
        const pair = JSON.stringify([sessionId, traceId])
        if (seen.has(pair)) continue
        seen.add(pair)
        yield { sessionId, traceId }
      }
    }
  }
}

function straySession(traceId: string): LoaderError {
  const message = 'Cannot load sessions: the server answered with an observation of another session than asked for'
  return new LoaderError('invalid_response', message, { path: 'sessionId', traceId })
}
