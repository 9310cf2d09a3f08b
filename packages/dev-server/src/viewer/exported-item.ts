import type { DatasetItem } from '../model/dataset-item.js'
import { isoTime } from '../wire/date-time.js'

/** An item in a file, with the names Langfuse has for its fields. */
export interface ExportedItem {
  readonly id: string
  /** Any JSON; null for none. */
  readonly input: unknown
  readonly expectedOutput: unknown
  readonly metadata: unknown
  readonly sourceTraceId: string | null
  readonly sourceObservationId: string | null
  /** ISO 8601 in UTC. */
  readonly createdAt: string
}

/** The columns of a table of items, in their order. */
export const EXPORTED_COLUMNS: readonly (keyof ExportedItem)[] = [
  ...(['id', 'input', 'expectedOutput', 'metadata', 'sourceTraceId', 'sourceObservationId', 'createdAt'] as const),
]

/**
 * An item as it stands in a file.
 *
 * @param item The item.
 * @returns Its fields, in the order of the columns.
 */
export function exportedItem(item: DatasetItem): ExportedItem {
  const { id, input, expectedOutput, metadata, sourceTraceId, sourceObservationId, createdAtMillis } = item
  return {
    ...{ id, input, expectedOutput, metadata, sourceTraceId, sourceObservationId },
    createdAt: isoTime(createdAtMillis),
  }
}
