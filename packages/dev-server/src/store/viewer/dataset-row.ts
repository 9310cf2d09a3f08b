/** A dataset in the list. */
export interface DatasetRow {
  readonly id: string
  readonly name: string
  readonly description: string
  /** Items that are not archived. */
  readonly itemCount: number
  /** When the dataset or one of its items was written last. */
  readonly updatedMillis: number
}
