import type { Handler } from 'hono'
import * as v from 'valibot'
import type { Dataset } from '../model/dataset.js'
import type { DatasetRun } from '../model/dataset-run.js'
import type { Store } from '../store/store.js'
import { notFound } from '../wire/api-error.js'
import { datasetRunItemJson, datasetRunJson } from '../wire/dataset-run-json.js'
import { PageParams, pageJson, pageRange, parsePageRequest } from '../wire/page-request.js'
import { parseRequest } from '../wire/parse-request.js'
import { type HttpEnv, queryParams } from './http-env.js'

/** The path of one run. */
export const RUN_PATH = '/api/public/datasets/:name/runs/:runName'

/**
 * `GET /api/public/datasets/{name}/runs`.
 *
 * @param store Where they are.
 * @returns The handler, which answers 404 when there is no such dataset.
 */
export function listDatasetRuns(store: Store): Handler<HttpEnv, '/api/public/datasets/:name/runs'> {
  return (c) => {
    const { id } = requireDataset(store, c.req.param('name'))
    const request = parsePageRequest(queryParams(c))
    return c.json(pageJson(request, store.datasetRuns.findRuns(id, pageRange(request)), datasetRunJson))
  }
}

/**
 * `GET /api/public/datasets/{name}/runs/{runName}`: a run with all of its items.
 *
 * @param store Where it is.
 * @returns The handler, which answers 404 when there is none.
 */
export function showDatasetRun(store: Store): Handler<HttpEnv, typeof RUN_PATH> {
  return (c) => {
    const run = requireRun(store, c.req.param('name'), c.req.param('runName'))
    const { rows } = store.datasetRuns.findRunItems(run.id, { limit: -1, offset: 0 })
    return c.json({ ...datasetRunJson(run), datasetRunItems: rows.map(datasetRunItemJson) })
  }
}

/**
 * `DELETE /api/public/datasets/{name}/runs/{runName}`.
 *
 * @param store Where it is.
 * @returns The handler, which answers 404 when there is none.
 */
export function deleteDatasetRun(store: Store): Handler<HttpEnv, typeof RUN_PATH> {
  return (c) => {
    store.datasetRuns.deleteRun(requireRun(store, c.req.param('name'), c.req.param('runName')).id)
    return c.json({ message: 'Dataset run successfully deleted' })
  }
}

const ItemParams = v.object({ ...PageParams, datasetId: v.string(), runName: v.string() })

/**
 * `GET /api/public/dataset-run-items`.
 *
 * @param store Where they are.
 * @returns The handler, which answers 404 when there is no such run.
 */
export function listDatasetRunItems({ datasetRuns }: Store): Handler<HttpEnv> {
  return (c) => {
    const { page = 1, limit = 50, datasetId, runName } = parseRequest(ItemParams, queryParams(c))
    const run = datasetRuns.findRun(datasetId, runName)
    if (run === undefined) throw notFound('Dataset run not found for the given project and dataset id')
    const request = { page, limit }
    return c.json(pageJson(request, datasetRuns.findRunItems(run.id, pageRange(request)), datasetRunItemJson))
  }
}

function requireDataset({ datasets }: Store, name: string): Dataset {
  const dataset = datasets.findDataset(name)
  if (dataset === undefined) throw notFound('Dataset not found')
  return dataset
}

function requireRun(store: Store, datasetName: string, runName: string): DatasetRun {
  const dataset = store.datasets.findDataset(datasetName)
  const run = dataset && store.datasetRuns.findRun(dataset.id, runName)
  if (run === undefined) throw notFound('Dataset run not found')
  return run
}
