import type { Dataset } from '../model/dataset.js'
import { isoTime } from './date-time.js'
import { PROJECT } from './identity.js'

/**
 * A dataset as `/api/public/v2/datasets` shows it.
 *
 * @param dataset The stored dataset.
 * @returns What to serialize.
 */
export function datasetJson(dataset: Dataset): Record<string, unknown> {
  return {
    id: dataset.id,
    projectId: PROJECT.id,
    name: dataset.name,
    description: dataset.description,
    metadata: dataset.metadata,
    inputSchema: dataset.inputSchema,
    expectedOutputSchema: dataset.expectedOutputSchema,
    createdAt: isoTime(dataset.createdAtMillis),
    updatedAt: isoTime(dataset.updatedAtMillis),
  }
}
