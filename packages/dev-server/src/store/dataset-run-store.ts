import type { DatasetRun, DatasetRunItem } from '../model/dataset-run.js'
import type { PageRange, StoredPage } from './stored-page.js'

/** Where runs of datasets live as Langfuse 3 keeps them; filled in the mode `legacy` only. */
export interface DatasetRunStore {
  /**
   * Writes an item of a run, and the run if its dataset has none of that name. All or none.
   *
   * @param run The run; one of its dataset and name that is there stays, with its id.
   * @param item The item, but for what it has of its run.
   * @returns The item as it is stored.
   */
  putRunItem(run: DatasetRun, item: Omit<DatasetRunItem, 'runId' | 'runName'>): DatasetRunItem
  /**
   * Finds a run.
   *
   * @param datasetId Its dataset.
   * @param name Its name.
   * @returns The run, or undefined.
   */
  findRun(datasetId: string, name: string): DatasetRun | undefined
  /**
   * Reads the runs of a dataset, the newest first.
   *
   * @param datasetId The dataset.
   * @param range Which of them.
   * @returns The runs.
   */
  findRuns(datasetId: string, range: PageRange): StoredPage<DatasetRun>
  /**
   * Reads the items of a run, the newest first.
   *
   * @param runId The run.
   * @param range Which of them.
   * @returns The items.
   */
  findRunItems(runId: string, range: PageRange): StoredPage<DatasetRunItem>
  /**
   * Deletes a run and its items; the traces they name stay.
   *
   * @param runId The run.
   */
  deleteRun(runId: string): void
}
