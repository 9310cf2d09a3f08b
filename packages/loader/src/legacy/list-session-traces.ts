import type { LoadContext } from '../plan/load-context.js'
import { mapInOrder } from '../plan/map-in-order.js'
import type { SessionTrace } from '../plan/trace-source.js'
import { readAnswer } from '../rest/read-answer.js'
import { type CallContext, MAX_PARALLEL_REQUESTS } from '../rest/rest-client.js'
import { readLegacyTrace } from '../wire/legacy-trace.js'
import { readRecord, wrongField } from '../wire/read-field.js'
import { isAbsent } from './is-absent.js'

/**
 * Finds the traces of sessions in `GET /api/public/sessions/{id}` (Langfuse 3).
 *
 * @param context - Client and counters.
 * @param sessionIds - The sessions.
 * @yields Their traces; none of a session that does not exist.
 * @throws {LoaderError} Whatever the requests throw.
 */
export async function* listSessionTraces(
  context: LoadContext,
  sessionIds: readonly string[],
): AsyncGenerator<SessionTrace> {
  const read = async (sessionId: string, signal: AbortSignal): Promise<readonly SessionTrace[]> => {
    const traceIds = await getSession(context, sessionId, { ...context.call, signal })
    return traceIds.map((traceId) => ({ sessionId, traceId }))
  }
  for await (const traces of mapInOrder(sessionIds, MAX_PARALLEL_REQUESTS, read, context.call.signal)) yield* traces
}

async function getSession(context: LoadContext, sessionId: string, call: CallContext): Promise<readonly string[]> {
  const path = `/api/public/sessions/${encodeURIComponent(sessionId)}`
  const purpose = { task: 'load sessions', subject: 'the list of traces of one' }
  try {
    const body = await context.rest.get(path, new URLSearchParams(), purpose, call)
    return readAnswer(purpose, path, () => readIds(body))
  } catch (error) {
    if (isAbsent(error)) return []
    throw error
  }
}

function readIds(body: unknown): readonly string[] {
  const { traces } = readRecord(body, 'the session')
  if (!Array.isArray(traces)) throw wrongField('traces', 'a list', traces)
  return traces.map((trace: unknown, index) => readLegacyTrace(trace, `traces[${index}]`).id)
}
