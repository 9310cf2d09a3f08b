import type { Handler } from 'hono'
import { createPriceFinder } from '../mapping/model-prices.js'
import type { Store } from '../store/store.js'
import { encodeObservationCursor } from '../wire/observation-cursor.js'
import { observationJson } from '../wire/observation-json.js'
import { parseObservationRequest } from '../wire/observation-request.js'
import { type HttpEnv, queryParams } from './http-env.js'

/**
 * `GET /api/public/v2/observations`.
 *
 * @param store Where the observations are.
 * @returns The handler.
 */
export function listObservations(store: Store): Handler<HttpEnv> {
  return (c) => {
    const { query, limit, groups, isMetadataWhole } = parseObservationRequest(queryParams(c))
    const found = store.findObservations(query)
    const page = found.slice(0, limit)
    const last = page.at(-1)
    const findPrices = createPriceFinder((id) => store.models.findModel(id))
    return c.json({
      data: page.map((observation) => observationJson(observation, groups, isMetadataWhole, findPrices)),
      meta: found.length > limit && last !== undefined ? { cursor: encodeObservationCursor(last) } : {},
    })
  }
}
