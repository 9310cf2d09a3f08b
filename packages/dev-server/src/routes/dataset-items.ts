import { randomUUID } from 'node:crypto'
import type { Handler } from 'hono'
import type { Dataset } from '../model/dataset.js'
import type { DatasetItem } from '../model/dataset-item.js'
import type { DatasetStore } from '../store/dataset-store.js'
import { conflict, notFound } from '../wire/api-error.js'
import { parseDatasetItemBody, toDatasetItem } from '../wire/dataset-item-body.js'
import { datasetItemJson } from '../wire/dataset-item-json.js'
import { parseDatasetItemRequest } from '../wire/dataset-item-request.js'
import { PROJECT } from '../wire/identity.js'
import { pageJson, pageRange, parsePageRequest } from '../wire/page-request.js'
import { parseJsonBody } from '../wire/parse-request.js'
import { type HttpEnv, queryParams } from './http-env.js'
import { readBody } from './read-body.js'

/** The most an item may have, in bytes: Langfuse's 4.5 MB. */
const MAX_ITEM_BYTES: number = 4.5 * 1024 * 1024

/**
 * `POST /api/public/dataset-items`: makes an item, or changes the one of that id.
 *
 * @param datasets Where it goes.
 * @param clock What time it is.
 * @returns The handler, which answers 404 for an unknown dataset and 409 for an id that another dataset has.
 */
export function createDatasetItem(datasets: DatasetStore, clock: () => number): Handler<HttpEnv> {
  return async (c) => {
    const body = parseDatasetItemBody(parseJsonBody(await readBody(c.env.incoming, MAX_ITEM_BYTES)))
    const dataset = datasets.findDataset(body.datasetName)
    if (dataset === undefined) {
      throw notFound(`Dataset ${body.datasetName} not found for project ${PROJECT.id}`)
    }
    const id = body.id ?? randomUUID()
    const stored = datasets.findItem(id)
    requireSameDataset(stored, dataset)
    const item = toDatasetItem(body, dataset, stored, id, clock())
    datasets.putItem(item)
    return c.json(datasetItemJson(item))
  }
}

function requireSameDataset(stored: DatasetItem | undefined, { id }: Dataset): void {
  if (stored === undefined || stored.datasetId === id) return
  throw conflict(
    `Dataset item id ${stored.id} already exists in another dataset (id ${stored.datasetId}) in this project; item ids are unique per project across datasets. Use a different id or target dataset ${stored.datasetId}.`,
  )
}

/**
 * `GET /api/public/dataset-items`: the items that are not archived.
 *
 * @param datasets Where they are.
 * @returns The handler, which answers 404 for an unknown dataset.
 */
export function listDatasetItems(datasets: DatasetStore): Handler<HttpEnv> {
  return (c) => {
    const params = queryParams(c)
    const page = parsePageRequest(params)
    const { datasetName, ...request } = parseDatasetItemRequest(params)
    const dataset = datasetName === undefined ? undefined : datasets.findDataset(datasetName)
    if (datasetName !== undefined && dataset === undefined) throw notFound('Dataset not found')
    const found = datasets.findItems({ ...request, datasetId: dataset?.id, status: 'ACTIVE' }, pageRange(page))
    return c.json(pageJson(page, found, datasetItemJson))
  }
}

/**
 * `GET /api/public/dataset-items/{id}`.
 *
 * @param datasets Where it is.
 * @returns The handler, which answers 404 when there is none.
 */
export function showDatasetItem(datasets: DatasetStore): Handler<HttpEnv, '/api/public/dataset-items/:itemId'> {
  return (c) => {
    const item = datasets.findItem(c.req.param('itemId'))
    if (item === undefined) throw notFound('Dataset item not found')
    return c.json(datasetItemJson(item))
  }
}

/**
 * `DELETE /api/public/dataset-items/{id}`.
 *
 * @param datasets Where it is.
 * @param clock What time it is.
 * @returns The handler, which answers 404 when there is none.
 */
export function deleteDatasetItem(
  datasets: DatasetStore,
  clock: () => number,
): Handler<HttpEnv, '/api/public/dataset-items/:itemId'> {
  return (c) => {
    const id = c.req.param('itemId')
    if (datasets.findItem(id) === undefined) {
      throw notFound(`Dataset item with id ${id} not found for project ${PROJECT.id}`)
    }
    datasets.deleteItem(id, clock())
    return c.json({ message: 'Dataset item successfully deleted' })
  }
}
