import type { Handler } from 'hono'
import type { LegacyTrace } from '../model/legacy-trace.js'
import type { Store } from '../store/store.js'
import { notFound } from '../wire/api-error.js'
import { legacyScoreJson, listedScoreJson, type ScoreApi } from '../wire/legacy-score-json.js'
import { parseLegacyScoreRequest } from '../wire/legacy-score-request.js'
import { pageJson, pageRange } from '../wire/page-request.js'
import { type HttpEnv, queryParams } from './http-env.js'

/**
 * `GET /api/public/v2/scores`, and `GET /api/public/scores`, which has scores of traces alone.
 *
 * @param store Where they are.
 * @param api Which of the two.
 * @returns The handler.
 */
export function listLegacyScores(store: Store, api: ScoreApi): Handler<HttpEnv> {
  return (c) => {
    const { page, query, hasTrace, userId, traceTags, traceEnvironments, fitsValue } = parseLegacyScoreRequest(
      queryParams(c),
    )
    const traces = new Map<string, LegacyTrace | undefined>()
    const traceOf = (id: string | null): LegacyTrace | undefined => {
      if (id === null) return undefined
      if (!traces.has(id)) traces.set(id, store.legacy.findKnownTrace(id))
      return traces.get(id)
    }
    // Pages are counted, so all that fit must be known; a limit of -1 is none.
    const found = store.findScores({ ...query, limit: -1 }).filter((score) => {
      if (!fitsValue(score.value) || (api === 'v1' && score.traceId === null)) return false
      const isAboutTraces = userId !== undefined || traceTags.length > 0
      if (!hasTrace || (score.traceId === null && !isAboutTraces)) return true
      const trace = traceOf(score.traceId)
      if (trace === undefined || (userId !== undefined && trace.userId !== userId)) return false
      if (traceEnvironments.length > 0 && !traceEnvironments.includes(trace.environment)) return false
      return traceTags.every((tag) => trace.tags.includes(tag))
    })
    const { limit, offset } = pageRange(page)
    const rows = found.slice(offset, offset + limit)
    return c.json(
      pageJson(page, { rows, total: found.length }, (score) =>
        listedScoreJson(score, hasTrace ? traceOf(score.traceId) : undefined, api),
      ),
    )
  }
}

/**
 * `GET /api/public/v2/scores/{id}`, and `GET /api/public/scores/{id}`, which has scores of traces alone.
 *
 * @param store Where it is.
 * @param api Which of the two.
 * @returns The handler, which answers 404 when there is none.
 */
export function showLegacyScore(store: Store, api: ScoreApi): Handler<HttpEnv, '/:scoreId'> {
  return (c) => {
    const [score] = store.findScores({ ids: [c.req.param('scoreId')], limit: 1 })
    if (score === undefined || (api === 'v1' && score.traceId === null)) {
      throw notFound('Score not found within authorized project')
    }
    return c.json(legacyScoreJson(score, api))
  }
}
