import type { Handler } from 'hono'
import { createPriceFinder } from '../mapping/model-prices.js'
import type { Store } from '../store/store.js'
import { notFound } from '../wire/api-error.js'
import { equals } from '../wire/legacy-conditions.js'
import { legacyObservationJson } from '../wire/legacy-observation-json.js'
import { legacyScoreJson } from '../wire/legacy-score-json.js'
import { listedTraceJson, wholeTraceJson } from '../wire/legacy-trace-json.js'
import { parseLegacyFields, parseLegacyTraceRequest } from '../wire/legacy-trace-request.js'
import { pageJson, pageRange } from '../wire/page-request.js'
import { type HttpEnv, queryParams } from './http-env.js'

/** All there are, in an answer that has no pages. */
const ALL = { limit: -1, offset: 0 }

/**
 * `GET /api/public/traces`.
 *
 * @param store Where they are.
 * @returns The handler.
 */
export function listLegacyTraces({ legacy }: Store): Handler<HttpEnv> {
  return (c) => {
    const { page, conditions, order, groups } = parseLegacyTraceRequest(queryParams(c))
    const found = legacy.findLegacyTraces(conditions, order, pageRange(page))
    return c.json(pageJson(page, found, (trace) => listedTraceJson(trace, groups)))
  }
}

/**
 * `GET /api/public/traces/{id}`.
 *
 * @param store Where it is.
 * @returns The handler, which answers 404 when there is none.
 */
export function showLegacyTrace(store: Store): Handler<HttpEnv, '/api/public/traces/:traceId'> {
  return (c) => {
    const traceId = c.req.param('traceId')
    const trace = store.legacy.findLegacyTrace(traceId)
    if (trace === undefined) throw notFound(`Trace ${traceId} not found within authorized project`)
    const groups = parseLegacyFields(c.req.query('fields'))
    const scores = groups.has('scores') ? store.findScores({ traceIds: [traceId], limit: ALL.limit }) : []
    const observations = groups.has('observations')
      ? store.legacy.findLegacyObservations(equals('traceId', traceId), ALL).rows
      : []
    const findPrices = createPriceFinder((id) => store.models.findModel(id))
    return c.json(
      wholeTraceJson(trace, groups, {
        scores: scores.map((score) => legacyScoreJson(score, 'v1')),
        observations: observations.map((observation) => legacyObservationJson(observation, 'trace', findPrices)),
      }),
    )
  }
}
