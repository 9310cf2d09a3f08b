import type { DatasetRun, DatasetRunItem } from '../model/dataset-run.js'
import type { DatasetRunStore } from './dataset-run-store.js'
import type { PageRange, StoredPage } from './stored-page.js'

/** Runs of datasets in memory: a second adapter, so that what both pass is a contract. */
export class MemoryDatasetRunStore implements DatasetRunStore {
  private runs: readonly DatasetRun[] = []
  private items: readonly DatasetRunItem[] = []

  putRunItem(run: DatasetRun, item: Omit<DatasetRunItem, 'runId' | 'runName'>): DatasetRunItem {
    if (this.items.some(({ id }) => id === item.id)) throw new Error(`there is an item ${item.id}`)
    const known = this.findRun(run.datasetId, run.name)
    if (known === undefined) this.runs = [...this.runs, run]
    const stored = { ...item, runId: known?.id ?? run.id, runName: run.name }
    this.items = [...this.items, stored]
    return stored
  }

  findRun(datasetId: string, name: string): DatasetRun | undefined {
    return this.runs.find((run) => run.datasetId === datasetId && run.name === name)
  }

  findRuns(datasetId: string, range: PageRange): StoredPage<DatasetRun> {
    return page(
      this.runs.filter((run) => run.datasetId === datasetId),
      range,
    )
  }

  findRunItems(runId: string, range: PageRange): StoredPage<DatasetRunItem> {
    return page(
      this.items.filter((item) => item.runId === runId),
      range,
    )
  }

  deleteRun(runId: string): void {
    this.runs = this.runs.filter(({ id }) => id !== runId)
    this.items = this.items.filter((item) => item.runId !== runId)
  }
}

function page<Row extends { readonly id: string; readonly createdAtMillis: number }>(
  rows: readonly Row[],
  { limit, offset }: PageRange,
): StoredPage<Row> {
  const sorted = rows.toSorted((a, b) => b.createdAtMillis - a.createdAtMillis || (a.id < b.id ? -1 : 1))
  return { rows: sorted.slice(offset, limit < 0 ? undefined : offset + limit), total: rows.length }
}
