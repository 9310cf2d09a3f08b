import type { Handler } from 'hono'
import type { DatasetItem } from '../model/dataset-item.js'
import type { HttpEnv } from '../routes/http-env.js'
import type { DatasetStore } from '../store/dataset-store.js'
import type { ViewerStore } from '../store/viewer/viewer-store.js'
import { notFound } from '../wire/api-error.js'
import { datasetJson } from '../wire/dataset-json.js'

/** Datasets that are listed. */
const MAX_DATASETS = 1000

/** How many items a page has. */
const PAGE_SIZE = 100

/** Characters of a payload in the table. */
const START_LENGTH = 300

/**
 * `GET /viewer/api/dataset-rows`: the list of datasets.
 *
 * @param viewer Where they are.
 * @returns The handler.
 */
export function listDatasetRows(viewer: ViewerStore): Handler<HttpEnv> {
  return (c) => c.json({ datasets: viewer.findDatasetRows(MAX_DATASETS) })
}

/**
 * `GET /viewer/api/datasets/{name}`: a dataset and a page of its items, those that were written last first.
 *
 * @param datasets Where it is.
 * @returns The handler, which answers 404 when there is none.
 */
export function showDatasetPage(datasets: DatasetStore): Handler<HttpEnv, '/viewer/api/datasets/:name'> {
  return (c) => {
    const dataset = datasets.findDataset(c.req.param('name'))
    if (dataset === undefined) throw notFound('No such dataset')
    const skip = c.req.query('skip') ?? ''
    const offset = /^\d{1,9}$/.test(skip) ? Number(skip) : 0
    const { rows, total } = datasets.findItems(
      { datasetId: dataset.id, status: 'ACTIVE' },
      { limit: PAGE_SIZE, offset },
    )
    return c.json({ dataset: datasetJson(dataset), total, items: rows.map(itemRow) })
  }
}

function itemRow(item: DatasetItem): Record<string, unknown> {
  const { id, sourceTraceId, sourceObservationId, createdAtMillis } = item
  return {
    id,
    sourceTraceId,
    sourceObservationId,
    writtenMillis: createdAtMillis,
    inputStart: textOf(item.input).slice(0, START_LENGTH),
    expectedStart: textOf(item.expectedOutput).slice(0, START_LENGTH),
  }
}

/**
 * `GET /viewer/api/dataset-items/{id}`: all of an item, its payloads as text.
 *
 * @param datasets Where it is.
 * @returns The handler, which answers 404 when there is none.
 */
export function showItem(datasets: DatasetStore): Handler<HttpEnv, '/viewer/api/dataset-items/:itemId'> {
  return (c) => {
    const item = datasets.findItem(c.req.param('itemId'))
    if (item === undefined) throw notFound('No such item: it was deleted, or it was never here')
    const { id, datasetName, status, sourceTraceId, sourceObservationId, createdAtMillis } = item
    return c.json({
      ...{ id, datasetName, status, sourceTraceId, sourceObservationId, writtenMillis: createdAtMillis },
      input: textOf(item.input),
      expectedOutput: textOf(item.expectedOutput),
      metadata: textOf(item.metadata),
    })
  }
}

/** Text as it is; empty for none. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
