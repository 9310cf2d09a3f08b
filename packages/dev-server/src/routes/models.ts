import type { Handler } from 'hono'
import { MODELS } from '../mapping/model-prices.js'
import { notFound } from '../wire/api-error.js'
import { modelJson } from '../wire/model-json.js'
import { pageJson, pageRange, parsePageRequest } from '../wire/page-request.js'
import { type HttpEnv, queryParams } from './http-env.js'

const BY_NAME = MODELS.map(modelJson).sort((a, b) => String(a.modelName).localeCompare(String(b.modelName)))

/**
 * `GET /api/public/models`: the models whose prices are known, by name.
 *
 * @param c The context.
 * @returns The answer.
 */
export const listModels: Handler<HttpEnv> = (c) => {
  const request = parsePageRequest(queryParams(c))
  const { limit, offset } = pageRange(request)
  const page = { rows: BY_NAME.slice(offset, offset + limit), total: BY_NAME.length }
  return c.json(pageJson(request, page, (json) => json))
}

/**
 * `GET /api/public/models/{id}`.
 *
 * @param c The context.
 * @returns The answer: 404 when there is none.
 */
export const showModel: Handler<HttpEnv, '/api/public/models/:modelId'> = (c) => {
  const model = BY_NAME.find(({ id }) => id === c.req.param('modelId'))
  if (model === undefined) throw notFound('No model with this id found')
  return c.json(model)
}
