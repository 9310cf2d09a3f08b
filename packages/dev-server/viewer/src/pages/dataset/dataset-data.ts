/** An item in the table. */
export interface ItemRow {
  readonly id: string
  readonly sourceTraceId: string | null
  readonly sourceObservationId: string | null
  readonly writtenMillis: number
  readonly inputStart: string
  readonly expectedStart: string
}

/** As `GET /viewer/api/datasets/{name}` gives it. */
export interface DatasetAnswer {
  readonly dataset: { readonly id: string; readonly name: string; readonly description: string | null }
  /** Items in all. */
  readonly total: number
  readonly items: readonly ItemRow[]
}

/** As `GET /viewer/api/dataset-items/{id}` gives it: payloads as text. */
export interface ItemAnswer extends Omit<ItemRow, 'inputStart' | 'expectedStart'> {
  readonly datasetName: string
  readonly input: string
  readonly expectedOutput: string
  readonly metadata: string
}

/**
 * Where an item comes from.
 *
 * @param item The item.
 * @returns The address of the trace or of the step in it; undefined when it was made by hand.
 */
export function sourceAddress(item: Pick<ItemRow, 'sourceTraceId' | 'sourceObservationId'>): string | undefined {
  const { sourceTraceId, sourceObservationId } = item
  if (sourceTraceId === null || sourceTraceId === '') return undefined
  const step = sourceObservationId === null ? '' : `?${new URLSearchParams({ step: sourceObservationId })}`
  return `/traces/${encodeURIComponent(sourceTraceId)}${step}`
}
