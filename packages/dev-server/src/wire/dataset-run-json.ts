import type { DatasetRun, DatasetRunItem } from '../model/dataset-run.js'
import { isoTime } from './date-time.js'

/**
 * A run as `GET /api/public/datasets/{name}/runs` shows it.
 *
 * @param run The run.
 * @returns What to serialize.
 */
export function datasetRunJson(run: DatasetRun): Record<string, unknown> {
  const { id, name, description, metadata, datasetId, datasetName } = run
  const [createdAt, updatedAt] = [isoTime(run.createdAtMillis), isoTime(run.updatedAtMillis)]
  return { id, name, description, metadata, datasetId, createdAt, updatedAt, datasetName }
}

/**
 * An item of a run as `/api/public/dataset-run-items` shows it.
 *
 * @param item The item.
 * @returns What to serialize.
 */
export function datasetRunItemJson(item: DatasetRunItem): Record<string, unknown> {
  const createdAt = isoTime(item.createdAtMillis)
  return {
    id: item.id,
    datasetRunId: item.runId,
    datasetRunName: item.runName,
    datasetItemId: item.datasetItemId,
    traceId: item.traceId,
    observationId: item.observationId,
    createdAt,
    updatedAt: createdAt,
  }
}
