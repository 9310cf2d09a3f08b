import type { LoadContext } from '../plan/load-context.js'
import { readAnswer } from '../rest/read-answer.js'
import { readLegacyTrace } from '../wire/legacy-trace.js'
import { readRecord, wrongField } from '../wire/read-field.js'
import { isAbsent } from './is-absent.js'

/**
 * Finds the traces of a session in `GET /api/public/sessions/{id}` (Langfuse 3).
 *
 * @param context - Client and counters.
 * @param sessionId - The session.
 * @yields The ids of its traces; none if there is no such session.
 * @throws {LoaderError} Whatever the request throws.
 */
export async function* listSessionTraces(context: LoadContext, sessionId: string): AsyncGenerator<string> {
  const path = `/api/public/sessions/${encodeURIComponent(sessionId)}`
  const purpose = { task: 'load the session', subject: 'its list of traces' }
  const body = await context.rest.get(path, new URLSearchParams(), purpose, context.call).catch((error: unknown) => {
    if (isAbsent(error)) return undefined
    throw error
  })
  if (body === undefined) return
  yield* readAnswer(purpose, path, () => readIds(body))
}

function readIds(body: unknown): readonly string[] {
  const { traces } = readRecord(body, 'the session')
  if (!Array.isArray(traces)) throw wrongField('traces', 'a list', traces)
  return traces.map((trace: unknown, index) => readLegacyTrace(trace, `traces[${index}]`).id)
}
