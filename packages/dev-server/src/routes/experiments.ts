import type { Handler } from 'hono'
import type { Score } from '../model/score.js'
import type { Store } from '../store/store.js'
import { encodeExperimentCursor } from '../wire/experiment-cursor.js'
import { experimentItemJson } from '../wire/experiment-item-json.js'
import { parseExperimentItemRequest } from '../wire/experiment-item-request.js'
import { experimentJson } from '../wire/experiment-json.js'
import { parseExperimentRequest } from '../wire/experiment-request.js'
import { type HttpEnv, queryParams } from './http-env.js'

/** How far from its experiment a score may lie to be shown beside it, before and after: Langfuse's day. */
const SCORE_WINDOW_MILLIS = 24 * 60 * 60 * 1000

/**
 * `GET /api/public/experiments`: what the spans of an experiment add up to.
 *
 * @param store Where the spans and scores are.
 * @returns The handler.
 */
export function listExperiments(store: Store): Handler<HttpEnv> {
  return (c) => {
    const { query, limit, scoreLimit, groups } = parseExperimentRequest(queryParams(c))
    const found = store.findExperiments(query)
    const page = found.slice(0, limit)
    const scores = groups.has('scores')
      ? store.findLatestScores({
          about: 'experiments',
          experimentIds: page.map(({ id }) => id),
          ...scoreWindow(page.map(({ newest }) => newest)),
          limitEach: scoreLimit,
        })
      : []
    const scoresOf = groupBy(scores, ({ datasetRunId }) => datasetRunId)
    const last = page.at(-1)
    return c.json({
      data: page.map((experiment) => experimentJson(experiment, groups, scoresOf.get(experiment.id) ?? [])),
      meta:
        found.length > limit && last !== undefined
          ? { cursor: encodeExperimentCursor({ ...last.newest, experimentId: last.id }) }
          : {},
    })
  }
}

/**
 * `GET /api/public/experiment-items`: the root spans of experiments.
 *
 * @param store Where the spans and scores are.
 * @returns The handler.
 */
export function listExperimentItems(store: Store): Handler<HttpEnv> {
  return (c) => {
    const { query, limit, scoreLimit, groups } = parseExperimentItemRequest(queryParams(c))
    const found = store.findObservations(query)
    const page = found.slice(0, limit)
    const scores = groups.has('scores')
      ? store.findLatestScores({
          about: 'traces',
          traceIds: page.map(({ traceId }) => traceId),
          observationIds: page.map(({ id }) => id),
          ...scoreWindow(page),
          limitEach: scoreLimit,
        })
      : []
    // By trace, as in Langfuse: items that share one show each other's scores.
    const scoresOf = groupBy(scores, ({ traceId }) => traceId)
    const last = page.at(-1)
    return c.json({
      data: page.map((root) => experimentItemJson(root, groups, scoresOf.get(root.traceId) ?? [])),
      meta:
        found.length > limit && last !== undefined
          ? { cursor: encodeExperimentCursor({ ...last, experimentId: last.details.experiment.id }) }
          : {},
    })
  }
}

/** Both lists have the newest first. */
function scoreWindow(page: readonly { readonly startTimeMillis: number }[]): { fromMillis: number; toMillis: number } {
  return {
    fromMillis: (page.at(-1)?.startTimeMillis ?? 0) - SCORE_WINDOW_MILLIS,
    toMillis: (page[0]?.startTimeMillis ?? 0) + SCORE_WINDOW_MILLIS,
  }
}

function groupBy(
  scores: readonly Score[],
  keyOf: (score: Score) => string | null,
): ReadonlyMap<string | null, Score[]> {
  const groups = new Map<string | null, Score[]>()
  for (const score of scores) {
    const group = groups.get(keyOf(score))
    if (group === undefined) groups.set(keyOf(score), [score])
    else group.push(score)
  }
  return groups
}
