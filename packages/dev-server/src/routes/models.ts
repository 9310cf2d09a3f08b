import { randomUUID } from 'node:crypto'
import type { Handler } from 'hono'
import { MODELS } from '../mapping/model-prices.js'
import type { ModelStore } from '../store/model-store.js'
import { invalidRequest, notFound } from '../wire/api-error.js'
import { parseModel } from '../wire/model-body.js'
import { modelJson, ownModelJson } from '../wire/model-json.js'
import { pageJson, pageRange, parsePageRequest } from '../wire/page-request.js'
import { parseJsonBody } from '../wire/parse-request.js'
import { type HttpEnv, queryParams } from './http-env.js'
import { readBody } from './read-body.js'

/** The most a model may have, in bytes: what Langfuse's web framework allows a body. */
const MAX_MODEL_BYTES = 1024 * 1024

/** What models need beside their store. */
export interface ModelParts {
  readonly models: ModelStore
  readonly clock: () => number
  /** Told when models were added or deleted: what comes in from then on is priced by what there is. */
  readonly modelsChanged: () => void
}

const KNOWN = MODELS.map(modelJson)

/**
 * `GET /api/public/models`: the models of the project and those whose prices are known, by name.
 *
 * @param models Where those of the project are.
 * @returns The handler.
 */
export function listModels(models: ModelStore): Handler<HttpEnv> {
  return (c) => {
    const request = parsePageRequest(queryParams(c))
    const { limit, offset } = pageRange(request)
    const all = [...models.findModels().map(ownModelJson), ...KNOWN].sort(byNameAndUnit)
    const page = { rows: all.slice(offset, offset + limit), total: all.length }
    return c.json(pageJson(request, page, (json) => json))
  }
}

/** Of two of one name and unit the one that begins later comes first, and one without a date last. */
function byNameAndUnit(a: Record<string, unknown>, b: Record<string, unknown>): number {
  return (
    String(a.modelName).localeCompare(String(b.modelName)) ||
    String(a.unit).localeCompare(String(b.unit)) ||
    String(b.startDate ?? '').localeCompare(String(a.startDate ?? ''))
  )
}

/**
 * `GET /api/public/models/{id}`.
 *
 * @param models Where those of the project are.
 * @returns The handler, which answers 404 when there is none.
 */
export function showModel(models: ModelStore): Handler<HttpEnv, '/api/public/models/:modelId'> {
  return (c) => {
    const modelId = c.req.param('modelId')
    const own = models.findModel(modelId)
    const model = own === undefined ? KNOWN.find(({ id }) => id === modelId) : ownModelJson(own)
    if (model === undefined) throw notFound('No model with this id found.')
    return c.json(model)
  }
}

/**
 * `POST /api/public/models`: a model of the project, which from now on comes before those whose prices are known.
 *
 * @param parts Where it goes.
 * @returns The handler, which answers 400 when there is one of this name.
 */
export function createModel({ models, clock, modelsChanged }: ModelParts): Handler<HttpEnv> {
  return async (c) => {
    const body = parseJsonBody(await readBody(c.env.incoming, MAX_MODEL_BYTES))
    const model = parseModel(body, randomUUID(), clock())
    if (models.findModels().some(({ modelName }) => modelName === model.modelName)) {
      throw invalidRequest(`Model name '${model.modelName}' already exists in project`)
    }
    models.putModel(model)
    modelsChanged()
    return c.json(ownModelJson(model))
  }
}

/**
 * `DELETE /api/public/models/{id}`. What it priced keeps its cost.
 *
 * @param parts Where it is.
 * @returns The handler, which answers 404 when the project has none.
 */
export function deleteModel({ models, modelsChanged }: ModelParts): Handler<HttpEnv, '/api/public/models/:modelId'> {
  return (c) => {
    if (!models.deleteModel(c.req.param('modelId'))) throw notFound(NOT_OURS)
    modelsChanged()
    return c.json({ message: 'Model successfully deleted' })
  }
}

/** Langfuse's words. */
const NOT_OURS =
  'No model with this id found. Note: You cannot delete built-in models, override them with a model with the same name.'
