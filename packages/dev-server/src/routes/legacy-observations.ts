import type { Handler } from 'hono'
import { createPriceFinder } from '../mapping/model-prices.js'
import type { Store } from '../store/store.js'
import { notFound } from '../wire/api-error.js'
import { equals } from '../wire/legacy-conditions.js'
import { legacyObservationJson } from '../wire/legacy-observation-json.js'
import { parseLegacyObservationRequest } from '../wire/legacy-observation-request.js'
import { pageJson, pageRange } from '../wire/page-request.js'
import { type HttpEnv, queryParams } from './http-env.js'

/**
 * `GET /api/public/observations`.
 *
 * @param store Where they are.
 * @returns The handler.
 */
export function listLegacyObservations({ legacy, models }: Store): Handler<HttpEnv> {
  return (c) => {
    const { page, conditions } = parseLegacyObservationRequest(queryParams(c))
    const found = legacy.findLegacyObservations(conditions, pageRange(page))
    const findPrices = createPriceFinder((id) => models.findModel(id))
    return c.json(pageJson(page, found, (observation) => legacyObservationJson(observation, 'list', findPrices)))
  }
}

/**
 * `GET /api/public/observations/{id}`. Of several with that id, in different traces, it shows the newest.
 *
 * @param store Where it is.
 * @returns The handler, which answers 404 when there is none.
 */
export function showLegacyObservation({
  legacy,
  models,
}: Store): Handler<HttpEnv, '/api/public/observations/:observationId'> {
  return (c) => {
    const id = equals('id', c.req.param('observationId'))
    const [observation] = legacy.findLegacyObservations(id, { limit: 1, offset: 0 }).rows
    if (observation === undefined) throw notFound('Observation not found within authorized project')
    return c.json(
      legacyObservationJson(
        observation,
        'single',
        createPriceFinder((id) => models.findModel(id)),
      ),
    )
  }
}
