import type { ResolvedScoreFetch } from '../options/fetch-scores-options.js'
import { scoreList } from '../rest/endpoints.js'
import { readPages } from '../rest/pages.js'
import type { CallContext } from '../rest/rest-client.js'
import type { Score } from '../wire/score-v3.js'
import type { LoadContext } from './load-context.js'
import { MAX_TRACE_IDS } from './with-trace-ids.js'

/**
 * Reads the scores of traces and of their observations, or of sessions, a list of ids a request.
 *
 * @param context - Client and counters.
 * @param fetch - Whose scores.
 * @param call - The signal that ends this reading.
 * @yields The scores, in the server's order: newest first for each list of ids.
 * @throws {LoaderError} Whatever the requests throw.
 */
export async function* readScores(
  context: LoadContext,
  fetch: ResolvedScoreFetch,
  call: CallContext,
): AsyncGenerator<Score> {
  for (let start = 0; start < fetch.ids.length; start += MAX_TRACE_IDS) {
    const batch = { ...fetch, ids: fetch.ids.slice(start, start + MAX_TRACE_IDS) }
    const list = scoreList(batch, (page) => ({ task: 'load scores', subject: `page ${page}` }))
    for await (const rows of readPages(context.rest, list, call)) {
      for (const score of rows) if (fetch.names === undefined || fetch.names.includes(score.name)) yield score
    }
  }
}

/**
 * Reads the scores of traces and of their observations.
 *
 * @param context - Client and counters.
 * @param traceIds - The traces.
 * @param call - The signal that ends this reading.
 * @returns The scores.
 * @throws {LoaderError} Whatever the requests throw.
 */
export async function readTraceScores(
  context: LoadContext,
  traceIds: readonly string[],
  call: CallContext,
): Promise<readonly Score[]> {
  const scores: Score[] = []
  const fetch: ResolvedScoreFetch = { of: 'traceId', ids: traceIds, names: undefined }
  for await (const score of readScores(context, fetch, call)) scores.push(score)
  return scores
}
