import type { Dataset } from '../model/dataset.js'
import type { DatasetItem, DatasetItemStatus } from '../model/dataset-item.js'
import { type SqlValue, sqlText } from './sql-value.js'

/** The columns of a dataset, in the order in which {@link toDatasetRecord} gives them. */
export const DATASET_COLUMNS: readonly string[] = [
  ...['id', 'name', 'description', 'metadata', 'input_schema', 'expected_output_schema', 'created_millis'],
  'updated_millis',
]

/**
 * A dataset as a row of its table.
 *
 * @param dataset The dataset.
 * @returns A value for each of {@link DATASET_COLUMNS}.
 */
export function toDatasetRecord(dataset: Dataset): SqlValue[] {
  return [
    dataset.id,
    sqlText(dataset.name),
    dataset.description === null ? null : sqlText(dataset.description),
    jsonText(dataset.metadata),
    jsonText(dataset.inputSchema),
    jsonText(dataset.expectedOutputSchema),
    dataset.createdAtMillis,
    dataset.updatedAtMillis,
  ]
}

/**
 * The dataset of a row. The casts are sound because only {@link toDatasetRecord} writes the table, whose columns are STRICT.
 *
 * @param row A row of all {@link DATASET_COLUMNS}, in raw mode.
 * @returns The dataset.
 */
export function fromDatasetRecord(row: readonly unknown[]): Dataset {
  return {
    id: row[0] as string,
    name: row[1] as string,
    description: row[2] as string | null,
    metadata: jsonValue(row[3]),
    inputSchema: jsonValue(row[4]),
    expectedOutputSchema: jsonValue(row[5]),
    createdAtMillis: row[6] as number,
    updatedAtMillis: row[7] as number,
  }
}

/** The columns of a version of an item, in the order in which {@link toItemRecord} gives them. */
export const ITEM_COLUMNS: readonly string[] = [
  ...['id', 'valid_from_millis', 'dataset_id', 'status', 'source_trace_id', 'source_observation_id', 'created_millis'],
  ...['input', 'expected_output', 'metadata'],
]

/**
 * A version of an item as a row of its table.
 *
 * @param item The item.
 * @param validFromMillis From when on this version is the item.
 * @returns A value for each of {@link ITEM_COLUMNS}.
 */
export function toItemRecord(item: DatasetItem, validFromMillis: number): SqlValue[] {
  return [
    sqlText(item.id),
    validFromMillis,
    item.datasetId,
    item.status,
    item.sourceTraceId === null ? null : sqlText(item.sourceTraceId),
    item.sourceObservationId === null ? null : sqlText(item.sourceObservationId),
    item.createdAtMillis,
    jsonText(item.input),
    jsonText(item.expectedOutput),
    jsonText(item.metadata),
  ]
}

/**
 * The item of a row. The casts are sound for the same reason as in {@link fromDatasetRecord}.
 *
 * @param row A row of all {@link ITEM_COLUMNS} and the name of the dataset, in raw mode.
 * @returns The item.
 */
export function fromItemRecord(row: readonly unknown[]): DatasetItem {
  return {
    id: row[0] as string,
    datasetId: row[2] as string,
    status: row[3] as DatasetItemStatus,
    sourceTraceId: row[4] as string | null,
    sourceObservationId: row[5] as string | null,
    createdAtMillis: row[6] as number,
    input: jsonValue(row[7]),
    expectedOutput: jsonValue(row[8]),
    metadata: jsonValue(row[9]),
    datasetName: row[10] as string,
  }
}

function jsonText(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value)
}

function jsonValue(text: unknown): unknown {
  return typeof text === 'string' ? JSON.parse(text) : null
}
