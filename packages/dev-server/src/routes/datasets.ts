import { randomUUID } from 'node:crypto'
import type { Handler } from 'hono'
import type { DatasetStore } from '../store/dataset-store.js'
import { notFound } from '../wire/api-error.js'
import { parseDatasetBody, toDataset } from '../wire/dataset-body.js'
import { datasetJson } from '../wire/dataset-json.js'
import { pageJson, pageRange, parsePageRequest } from '../wire/page-request.js'
import { parseJsonBody } from '../wire/parse-request.js'
import { type HttpEnv, queryParams } from './http-env.js'
import { readBody } from './read-body.js'

/** The most a dataset without its items may have, in bytes: what Langfuse's web framework allows a body. */
const MAX_DATASET_BYTES = 1024 * 1024

/**
 * `POST /api/public/v2/datasets`: makes a dataset, or changes the one of that name.
 *
 * @param datasets Where it goes.
 * @param clock What time it is.
 * @returns The handler.
 */
export function createDataset(datasets: DatasetStore, clock: () => number): Handler<HttpEnv> {
  return async (c) => {
    const body = parseDatasetBody(parseJsonBody(await readBody(c.env.incoming, MAX_DATASET_BYTES)))
    datasets.putDataset(toDataset(body, datasets.findDataset(body.name), randomUUID(), clock()))
    return c.json(datasetJson(datasets.findDataset(body.name) ?? missing()))
  }
}

/**
 * `GET /api/public/v2/datasets`.
 *
 * @param datasets Where they are.
 * @returns The handler.
 */
export function listDatasets(datasets: DatasetStore): Handler<HttpEnv> {
  return (c) => {
    const request = parsePageRequest(queryParams(c))
    return c.json(pageJson(request, datasets.findDatasets(pageRange(request)), datasetJson))
  }
}

/**
 * `GET /api/public/v2/datasets/{name}`.
 *
 * @param datasets Where it is.
 * @returns The handler, which answers 404 when there is none.
 */
export function showDataset(datasets: DatasetStore): Handler<HttpEnv, '/api/public/v2/datasets/:name'> {
  return (c) => c.json(datasetJson(datasets.findDataset(c.req.param('name')) ?? missing()))
}

function missing(): never {
  throw notFound('Dataset not found')
}
