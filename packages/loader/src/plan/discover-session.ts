import { MAX_OBSERVATIONS_PER_PAGE, observationList } from '../rest/endpoints.js'
import { readPages } from '../rest/pages.js'
import { OBSERVATION_FIELDS } from '../wire/observation-v2.js'
import type { LoadContext } from './load-context.js'

/**
 * Finds the traces of a session by all observations that carry its id, not only by roots: some SDKs set it elsewhere.
 *
 * @param context - Client and counters.
 * @param sessionId - The session.
 * @yields The ids of its traces, each once.
 * @throws {LoaderError} Whatever the requests throw.
 */
export async function* discoverSession(context: LoadContext, sessionId: string): AsyncGenerator<string> {
  const list = observationList(
    {
      fields: OBSERVATION_FIELDS.identity,
      limit: MAX_OBSERVATIONS_PER_PAGE,
      filter: [{ type: 'string', column: 'sessionId', operator: '=', value: sessionId }],
    },
    (page) => ({ task: 'load the session', subject: `page ${page}` }),
  )
  const ids = new Set<string>()
  for await (const rows of readPages(context.rest, list, context.call)) {
    for (const { traceId } of rows) {
      if (ids.has(traceId)) continue
      ids.add(traceId)
      yield traceId
    }
  }
}
