import { scoreList } from '../rest/endpoints.js'
import { readPages } from '../rest/pages.js'
import type { CallContext } from '../rest/rest-client.js'
import type { Score } from '../wire/score-v3.js'
import type { LoadContext } from './load-context.js'
import { MAX_TRACE_IDS } from './with-trace-ids.js'

/**
 * Reads the scores of traces and of their observations, a list of traces a request.
 *
 * @param context - Client and counters.
 * @param traceIds - The traces.
 * @param call - The signal that ends this reading.
 * @returns The scores, in the server's order: newest first for each list of traces.
 * @throws {LoaderError} Whatever the requests throw.
 */
export async function readScores(
  context: LoadContext,
  traceIds: readonly string[],
  call: CallContext,
): Promise<readonly Score[]> {
  const scores: Score[] = []
  for (let start = 0; start < traceIds.length; start += MAX_TRACE_IDS) {
    const batch = traceIds.slice(start, start + MAX_TRACE_IDS)
    const list = scoreList(batch, (page) => ({ task: 'load scores', subject: `page ${page}` }))
    for await (const rows of readPages(context.rest, list, call)) scores.push(...rows)
  }
  return scores
}
