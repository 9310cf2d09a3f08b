import { randomUUID } from 'node:crypto'
import type { Handler } from 'hono'
import type { Dataset } from '../model/dataset.js'
import type { DatasetItem } from '../model/dataset-item.js'
import type { Store } from '../store/store.js'
import { notFound } from '../wire/api-error.js'
import { parseDatasetBody, toDataset } from '../wire/dataset-body.js'
import { datasetItemJson } from '../wire/dataset-item-json.js'
import { datasetJson } from '../wire/dataset-json.js'
import { pageJson, pageRange, parsePageRequest } from '../wire/page-request.js'
import { parseJsonBody } from '../wire/parse-request.js'
import { type HttpEnv, queryParams } from './http-env.js'
import { readBody } from './read-body.js'

// What older clients ask for: datasets come with their items, and the names of their runs, in one answer.

/** The most a dataset without its items may have, in bytes: what Langfuse's web framework allows a body. */
const MAX_DATASET_BYTES = 1024 * 1024

const ALL = { limit: -1, offset: 0 }

/**
 * `POST /api/public/datasets`: makes a dataset, or changes the one of that name. Langfuse shows it without what is in it.
 *
 * @param store Where it goes.
 * @param clock What time it is.
 * @returns The handler.
 */
export function createWholeDataset({ datasets }: Store, clock: () => number): Handler<HttpEnv> {
  return async (c) => {
    const body = parseDatasetBody(parseJsonBody(await readBody(c.env.incoming, MAX_DATASET_BYTES)))
    datasets.putDataset(toDataset(body, datasets.findDataset(body.name), randomUUID(), clock()))
    return c.json({ ...datasetJson(datasets.findDataset(body.name) ?? missing()), items: [], runs: [] })
  }
}

/**
 * `GET /api/public/datasets`, with the ids of the items.
 *
 * @param store Where they are.
 * @returns The handler.
 */
export function listWholeDatasets(store: Store): Handler<HttpEnv> {
  return (c) => {
    const request = parsePageRequest(queryParams(c))
    return c.json(
      pageJson(request, store.datasets.findDatasets(pageRange(request)), (dataset) => ({
        ...datasetJson(dataset),
        items: itemsOf(store, dataset).map(({ id }) => id),
        runs: runsOf(store, dataset),
      })),
    )
  }
}

/**
 * `GET /api/public/datasets/{name}`, with the items.
 *
 * @param store Where it is.
 * @returns The handler, which answers 404 when there is none.
 */
export function showWholeDataset(store: Store): Handler<HttpEnv, '/api/public/datasets/:name'> {
  return (c) => {
    const dataset = store.datasets.findDataset(c.req.param('name')) ?? missing()
    const items = itemsOf(store, dataset).map(datasetItemJson)
    return c.json({ ...datasetJson(dataset), items, runs: runsOf(store, dataset) })
  }
}

function itemsOf({ datasets }: Store, { id }: Dataset): readonly DatasetItem[] {
  return datasets.findItems({ datasetId: id, status: 'ACTIVE' }, ALL).rows
}

function runsOf({ datasetRuns }: Store, { id }: Dataset): readonly string[] {
  return datasetRuns.findRuns(id, ALL).rows.map(({ name }) => name)
}

function missing(): never {
  throw notFound('Dataset not found')
}
