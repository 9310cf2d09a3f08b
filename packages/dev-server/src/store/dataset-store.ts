import type { Dataset } from '../model/dataset.js'
import type { DatasetItem, DatasetItemStatus } from '../model/dataset-item.js'
import type { PageRange, StoredPage } from './stored-page.js'

/** Which dataset items to read; absent fields do not restrict. */
export interface DatasetItemQuery {
  readonly datasetId?: string | undefined
  readonly sourceTraceId?: string | undefined
  readonly sourceObservationId?: string | undefined
  readonly status: DatasetItemStatus
  /** Reads the items as they were then, in milliseconds since the epoch. @default as they are */
  readonly asOfMillis?: number | undefined
}

/** Where datasets and their items live. Of an item all versions are kept, so that it can be read as it was. */
export interface DatasetStore {
  /**
   * Writes a dataset; it replaces the one of its id.
   *
   * @param dataset The dataset, whose name no other has.
   */
  putDataset(dataset: Dataset): void
  /**
   * Finds a dataset.
   *
   * @param name Its name.
   * @returns The dataset, or undefined.
   */
  findDataset(name: string): Dataset | undefined
  /**
   * Reads datasets, the newest first.
   *
   * @param range Which of them.
   * @returns The datasets.
   */
  findDatasets(range: PageRange): StoredPage<Dataset>
  /**
   * Writes the next version of an item, or its first.
   *
   * @param item The item, whose dataset is there.
   */
  putItem(item: DatasetItem): void
  /**
   * Finds an item.
   *
   * @param id The item.
   * @param asOfMillis Reads it as it was then. Default: as it is.
   * @returns The item, or undefined when there is, or was, none.
   */
  findItem(id: string, asOfMillis?: number): DatasetItem | undefined
  /**
   * Reads items, those that were written last first.
   *
   * @param query Which items.
   * @param range Which of them.
   * @returns The items.
   */
  findItems(query: DatasetItemQuery, range: PageRange): StoredPage<DatasetItem>
  /**
   * Ends an item; its versions stay readable as of earlier times.
   *
   * @param id The item.
   * @param nowMillis When.
   */
  deleteItem(id: string, nowMillis: number): void
}
