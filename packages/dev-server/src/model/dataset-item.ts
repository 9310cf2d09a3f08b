/** Whether a dataset item takes part in experiments. */
export type DatasetItemStatus = 'ACTIVE' | 'ARCHIVED'

/** All of them, in the order in which Langfuse lists them. */
export const DATASET_ITEM_STATUSES: readonly DatasetItemStatus[] = ['ACTIVE', 'ARCHIVED']

/** One version of a dataset item. Ids are unique across datasets. */
export interface DatasetItem {
  readonly id: string
  readonly datasetId: string
  readonly datasetName: string
  readonly status: DatasetItemStatus
  readonly sourceTraceId: string | null
  readonly sourceObservationId: string | null
  /** Any JSON; null for none. */
  readonly input: unknown
  /** Any JSON; null for none. */
  readonly expectedOutput: unknown
  /** Any JSON; null for none. */
  readonly metadata: unknown
  /** When this version was written; Langfuse shows no other time. */
  readonly createdAtMillis: number
}
