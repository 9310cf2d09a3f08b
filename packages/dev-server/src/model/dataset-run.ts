/** A run of a dataset as Langfuse 3 keeps it; in version 4 it is an experiment. */
export interface DatasetRun {
  readonly id: string
  readonly datasetId: string
  readonly datasetName: string
  /** Unique in its dataset. */
  readonly name: string
  readonly description: string | null
  /** Any JSON; null for none. */
  readonly metadata: unknown
  readonly createdAtMillis: number
  readonly updatedAtMillis: number
}

/** What a run made of one dataset item. */
export interface DatasetRunItem {
  readonly id: string
  readonly runId: string
  readonly runName: string
  readonly datasetItemId: string
  readonly traceId: string
  readonly observationId: string | null
  readonly createdAtMillis: number
}
