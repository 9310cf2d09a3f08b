import type { DatasetRun, DatasetRunItem } from '../../model/dataset-run.js'
import type { DatasetRunStore } from '../dataset-run-store.js'
import type { PageRange, StoredPage } from '../stored-page.js'
import type { MemoryTables } from './memory-tables.js'
import { pageOf } from './page-of.js'
import { requireWholeMillis } from './require-whole-millis.js'
import { ascending } from './row-order.js'
import { storedCopy, storedText } from './stored-copy.js'

/** Runs of datasets in memory. */
export class MemoryDatasetRunStore implements DatasetRunStore {
  private readonly tables: MemoryTables

  /** @param tables Where they are kept. */
  constructor(tables: MemoryTables) {
    this.tables = tables
  }

  putRunItem(run: DatasetRun, item: Omit<DatasetRunItem, 'runId' | 'runName'>): DatasetRunItem {
    const { runs, runItems } = this.tables.rows
    requireWholeMillis(run, ['createdAtMillis', 'updatedAtMillis'])
    requireWholeMillis(item, ['createdAtMillis'])
    if (runItems.has(item.id)) throw new Error(`Cannot store a run item: found one of the id ${item.id}, expected none`)
    const known = this.findRun(run.datasetId, run.name)
    if (known === undefined) runs.set(run.id, storedCopy(run))
    const stored = { ...item, runId: known?.id ?? run.id, runName: run.name }
    runItems.set(item.id, storedCopy(stored))
    return stored
  }

  findRun(datasetId: string, name: string): DatasetRun | undefined {
    return this.allRuns().find((run) => run.datasetId === storedText(datasetId) && run.name === storedText(name))
  }

  findRuns(datasetId: string, range: PageRange): StoredPage<DatasetRun> {
    const found = this.allRuns().filter((run) => run.datasetId === storedText(datasetId))
    return pageOf(found, NEWEST_FIRST, range)
  }

  findRunItems(runId: string, range: PageRange): StoredPage<DatasetRunItem> {
    const found = [...this.tables.rows.runItems.values()].filter((item) => item.runId === storedText(runId))
    return pageOf(found, NEWEST_FIRST, range)
  }

  deleteRun(runId: string): void {
    const { runs, runItems } = this.tables.rows
    runs.delete(storedText(runId))
    for (const item of runItems.values()) if (item.runId === storedText(runId)) runItems.delete(item.id)
  }

  /** With the names that their datasets have now. */
  private allRuns(): DatasetRun[] {
    const { runs, datasets } = this.tables.rows
    return [...runs.values()].map((run) => ({
      ...run,
      datasetName: datasets.get(run.datasetId)?.name ?? run.datasetName,
    }))
  }
}

const NEWEST_FIRST = ascending<{ readonly createdAtMillis: number; readonly id: string }>(
  ({ createdAtMillis }) => -createdAtMillis,
  ({ id }) => id,
)
