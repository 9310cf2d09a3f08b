import { LoaderError } from '../loader-error.js'
import type { LoadContext } from '../plan/load-context.js'
import { readAnswer } from '../rest/read-answer.js'
import type { CallContext } from '../rest/rest-client.js'
import { type LegacyTraceDetails, readLegacyTraceDetails } from '../wire/legacy-trace.js'
import { isAbsent } from './is-absent.js'

/** Field groups of `GET /api/public/traces/{id}`, and of the list of traces but for observations and scores. */
export type LegacyFields =
  | 'core'
  | 'core,io'
  | 'core,io,metrics'
  | 'core,io,observations,metrics'
  | 'core,io,observations,metrics,scores'

/**
 * Reads one trace of Langfuse 3 with its observations and scores.
 *
 * @param context - Client and counters.
 * @param traceId - The trace.
 * @param fields - Field groups.
 * @param call - The signal that ends this reading.
 * @returns The trace; `undefined` if the project has none of that id.
 * @throws {LoaderError} Whatever the request throws; `invalid_response` if the answer is another trace.
 */
export async function getTrace(
  context: LoadContext,
  traceId: string,
  fields: LegacyFields,
  call: CallContext,
): Promise<LegacyTraceDetails | undefined> {
  const path = `/api/public/traces/${encodeURIComponent(traceId)}`
  const purpose = { task: 'load traces', subject: `trace ${traceId}`, traceId }
  try {
    const body = await context.rest.get(path, new URLSearchParams({ fields }), purpose, call)
    const details = readAnswer(purpose, path, () => readLegacyTraceDetails(body))
    if (details.trace.id !== traceId) {
      const message = 'Cannot load traces: the server answered with another trace than asked for'
      throw new LoaderError('invalid_response', message, { path: 'id', traceId })
    }
    context.onObservations(details.observations.length)
    // Versions that do not know `fields` send the scores all the same.
    return fields.includes('scores') ? details : { ...details, scores: [] }
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw error
  }
}
