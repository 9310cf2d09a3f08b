import { createHash, randomUUID } from 'node:crypto'
import type { Handler } from 'hono'
import type { DatasetItem } from '../model/dataset-item.js'
import type { DatasetStore } from '../store/dataset-store.js'
import type { Store } from '../store/store.js'
import { notFound } from '../wire/api-error.js'
import { type DatasetRunItemBody, parseDatasetRunItemBody } from '../wire/dataset-run-item-body.js'
import { datasetRunItemJson } from '../wire/dataset-run-json.js'
import { isoTime } from '../wire/date-time.js'
import { parseJsonBody } from '../wire/parse-request.js'
import type { HttpEnv } from './http-env.js'
import { readBody } from './read-body.js'

/** The most a run item may have, in bytes: what Langfuse's web framework allows a body. */
const MAX_RUN_ITEM_BYTES = 1024 * 1024

/**
 * `POST /api/public/dataset-run-items`: writes nothing, as Langfuse in its mode `events_only`, where an experiment is made of spans. What
 * clients need of the answer is the id under which those spans belong together: it is the same for every item of a run.
 *
 * @param datasets Where the dataset items are.
 * @param clock What time it is.
 * @returns The handler, which answers 404 when there is no such item, or it is archived.
 */
export function createDatasetRunItem(datasets: DatasetStore, clock: () => number): Handler<HttpEnv> {
  return async (c) => {
    const body = parseDatasetRunItemBody(parseJsonBody(await readBody(c.env.incoming, MAX_RUN_ITEM_BYTES)))
    const item = requireItem(datasets, body)
    const createdAt = isoTime(body.createdAt ?? clock())
    return c.json({
      id: randomUUID(),
      datasetRunId: experimentId(item.datasetId, body.runName),
      datasetRunName: body.runName,
      datasetItemId: item.id,
      traceId: body.traceId ?? '',
      observationId: body.observationId ?? null,
      createdAt,
      updatedAt: createdAt,
    })
  }
}

/**
 * `POST /api/public/dataset-run-items` of the mode `legacy`: writes the item, and the run with its first one.
 *
 * @param store Where they go, and where the dataset items are.
 * @param clock What time it is.
 * @returns The handler, which answers 404 when there is no such item, or it is archived.
 */
export function createLegacyRunItem({ datasets, datasetRuns }: Store, clock: () => number): Handler<HttpEnv> {
  return async (c) => {
    const body = parseDatasetRunItemBody(parseJsonBody(await readBody(c.env.incoming, MAX_RUN_ITEM_BYTES)))
    const { id: datasetItemId, datasetId, datasetName } = requireItem(datasets, body)
    const now = clock()
    const run = {
      ...{ id: randomUUID(), datasetId, datasetName, name: body.runName, createdAtMillis: now, updatedAtMillis: now },
      description: body.runDescription ?? null,
      metadata: body.metadata ?? null,
    }
    const { traceId, observationId = null } = body
    const item = { id: randomUUID(), datasetItemId, traceId: traceId ?? '', observationId }
    return c.json(datasetRunItemJson(datasetRuns.putRunItem(run, { ...item, createdAtMillis: body.createdAt ?? now })))
  }
}

function requireItem(datasets: DatasetStore, { datasetItemId, datasetVersion }: DatasetRunItemBody): DatasetItem {
  const item = datasets.findItem(datasetItemId, datasetVersion)
  if (item?.status !== 'ACTIVE') throw notFound('Dataset item not found')
  return item
}

/** Sixteen hexadecimal digits, as in Langfuse. */
function experimentId(datasetId: string, runName: string): string {
  return createHash('sha256')
    .update(JSON.stringify([datasetId, runName]))
    .digest('hex')
    .slice(0, 16)
}
