import { createHash, randomUUID } from 'node:crypto'
import type { Handler } from 'hono'
import type { DatasetStore } from '../store/dataset-store.js'
import { notFound } from '../wire/api-error.js'
import { parseDatasetRunItemBody } from '../wire/dataset-run-item-body.js'
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
    const item = datasets.findItem(body.datasetItemId, body.datasetVersion)
    if (item?.status !== 'ACTIVE') throw notFound('Dataset item not found')
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

/** Sixteen hexadecimal digits, as in Langfuse. */
function experimentId(datasetId: string, runName: string): string {
  return createHash('sha256')
    .update(JSON.stringify([datasetId, runName]))
    .digest('hex')
    .slice(0, 16)
}
