import type { ResolvedScoreFetch } from '../options/fetch-scores-options.js'
import type { LoadContext } from '../plan/load-context.js'
import { mapInOrder } from '../plan/map-in-order.js'
import { readAnswer } from '../rest/read-answer.js'
import { type CallContext, MAX_PARALLEL_REQUESTS } from '../rest/rest-client.js'
import { readLegacyScore } from '../wire/legacy-score.js'
import { readPage } from '../wire/page.js'
import type { Score } from '../wire/score-v3.js'
import { MAX_LEGACY_ROWS_PER_PAGE } from './list-traces.js'

const PATH = '/api/public/v2/scores'

/**
 * Reads scores from `GET /api/public/v2/scores` (Langfuse 3), which takes one trace or session at a time.
 *
 * @param context - Client and counters.
 * @param fetch - Whose scores.
 * @yields The scores, in the order of the ids.
 * @throws {LoaderError} Whatever the requests throw.
 */
export async function* listLegacyScores(context: LoadContext, fetch: ResolvedScoreFetch): AsyncGenerator<Score> {
  const read = (id: string, signal: AbortSignal): Promise<readonly Score[]> =>
    scoresOf(context, fetch.of, id, { ...context.call, signal })
  for await (const scores of mapInOrder(fetch.ids, MAX_PARALLEL_REQUESTS, read, context.call.signal)) {
    for (const score of scores) if (fetch.names === undefined || fetch.names.includes(score.name)) yield score
  }
}

async function scoresOf(
  context: LoadContext,
  of: ResolvedScoreFetch['of'],
  id: string,
  call: CallContext,
): Promise<readonly Score[]> {
  const byId = new Map<string, Score>()
  for (let page = 1; ; page++) {
    const query = new URLSearchParams({ [of]: id, limit: String(MAX_LEGACY_ROWS_PER_PAGE), page: String(page) })
    const purpose = { task: 'load scores', subject: `page ${page}` }
    const body = await context.rest.get(PATH, query, purpose, call)
    const { rows } = readAnswer(purpose, PATH, () => readPage(body, readLegacyScore))
    const before = byId.size
    for (const score of rows) byId.set(score.id, score)
    // A server that gives the same page for ever ends here too.
    if (rows.length < MAX_LEGACY_ROWS_PER_PAGE || byId.size === before) return [...byId.values()]
  }
}
