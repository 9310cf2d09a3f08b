import type { DatasetRun, DatasetRunItem } from '../model/dataset-run.js'
import type { DatasetRunStore } from './dataset-run-store.js'
import type { Db } from './db.js'
import { inTransaction } from './in-transaction.js'
import { readCount, readRows } from './read-rows.js'
import { sqlText } from './sql-value.js'
import type { PageRange, StoredPage } from './stored-page.js'

const RUN_COLUMNS = 'id, dataset_id, name, description, metadata, created_millis, updated_millis'
const RUNS = `SELECT ${RUN_COLUMNS.replaceAll(/(\w+)/g, 'runs.$1')}, datasets.name FROM dataset_runs AS runs
  JOIN datasets ON datasets.id = runs.dataset_id`
const ITEMS = `SELECT items.id, items.run_id, runs.name, items.dataset_item_id, items.trace_id, items.observation_id, items.created_millis
  FROM dataset_run_items AS items JOIN dataset_runs AS runs ON runs.id = items.run_id`

/** Runs of datasets in SQLite. */
export class SqliteDatasetRunStore implements DatasetRunStore {
  private readonly db: Db

  /** @param db The connection, which stays the caller's. */
  constructor(db: Db) {
    this.db = db
  }

  putRunItem(run: DatasetRun, item: Omit<DatasetRunItem, 'runId' | 'runName'>): DatasetRunItem {
    let runId = run.id
    inTransaction(this.db, () => {
      this.db
        .prepare(`INSERT INTO dataset_runs (${RUN_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`)
        .run([
          ...[run.id, run.datasetId, sqlText(run.name)],
          ...[
            run.description === null ? null : sqlText(run.description),
            run.metadata === null ? null : JSON.stringify(run.metadata),
          ],
          ...[run.createdAtMillis, run.updatedAtMillis],
        ])
      runId = this.findRun(run.datasetId, run.name)?.id ?? run.id
      const observationId = item.observationId === null ? null : sqlText(item.observationId)
      this.db
        .prepare(
          'INSERT INTO dataset_run_items (id, run_id, dataset_item_id, trace_id, observation_id, created_millis) VALUES (?, ?, ?, ?, ?, ?)',
        )
        .run([item.id, runId, sqlText(item.datasetItemId), sqlText(item.traceId), observationId, item.createdAtMillis])
    })
    return { ...item, runId, runName: run.name }
  }

  findRun(datasetId: string, name: string): DatasetRun | undefined {
    const sql = `${RUNS} WHERE runs.dataset_id = ? AND runs.name = ?`
    return readRows(this.db, { sql, values: [sqlText(datasetId), sqlText(name)] }).map(toRun)[0]
  }

  findRuns(datasetId: string, { limit, offset }: PageRange): StoredPage<DatasetRun> {
    const values = [sqlText(datasetId)]
    const sql = `${RUNS} WHERE runs.dataset_id = ? ORDER BY runs.created_millis DESC, runs.id LIMIT ? OFFSET ?`
    return {
      rows: readRows(this.db, { sql, values: [...values, limit, offset] }).map(toRun),
      total: readCount(this.db, { sql: 'SELECT count(*) FROM dataset_runs WHERE dataset_id = ?', values }),
    }
  }

  findRunItems(runId: string, { limit, offset }: PageRange): StoredPage<DatasetRunItem> {
    const values = [sqlText(runId)]
    const sql = `${ITEMS} WHERE items.run_id = ? ORDER BY items.created_millis DESC, items.id LIMIT ? OFFSET ?`
    return {
      rows: readRows(this.db, { sql, values: [...values, limit, offset] }).map(toItem),
      total: readCount(this.db, { sql: 'SELECT count(*) FROM dataset_run_items WHERE run_id = ?', values }),
    }
  }

  deleteRun(runId: string): void {
    inTransaction(this.db, () => {
      this.db.prepare('DELETE FROM dataset_run_items WHERE run_id = ?').run([sqlText(runId)])
      this.db.prepare('DELETE FROM dataset_runs WHERE id = ?').run([sqlText(runId)])
    })
  }
}

/** The casts are sound because only {@link SqliteDatasetRunStore} writes the table, whose columns are STRICT. */
function toRun(row: readonly unknown[]): DatasetRun {
  return {
    id: row[0] as string,
    datasetId: row[1] as string,
    name: row[2] as string,
    description: row[3] as string | null,
    metadata: row[4] === null ? null : JSON.parse(row[4] as string),
    createdAtMillis: row[5] as number,
    updatedAtMillis: row[6] as number,
    datasetName: row[7] as string,
  }
}

function toItem(row: readonly unknown[]): DatasetRunItem {
  return {
    id: row[0] as string,
    runId: row[1] as string,
    runName: row[2] as string,
    datasetItemId: row[3] as string,
    traceId: row[4] as string,
    observationId: row[5] as string | null,
    createdAtMillis: row[6] as number,
  }
}
