import type { DatasetItem } from '../model/dataset-item.js'
import { isoTime } from './date-time.js'

/**
 * An item as `/api/public/dataset-items` shows it.
 *
 * @param item The stored item.
 * @returns What to serialize.
 */
export function datasetItemJson(item: DatasetItem): Record<string, unknown> {
  const createdAt = isoTime(item.createdAtMillis)
  return {
    id: item.id,
    datasetId: item.datasetId,
    status: item.status,
    sourceTraceId: item.sourceTraceId,
    sourceObservationId: item.sourceObservationId,
    createdAt,
    updatedAt: createdAt,
    input: item.input,
    expectedOutput: item.expectedOutput,
    metadata: item.metadata,
    datasetName: item.datasetName,
    // There is no store of media here that an item could refer to.
    mediaReferences: [],
  }
}
