import type { Dataset } from '../model/dataset.js'
import type { DatasetItem } from '../model/dataset-item.js'
import type { SqlCondition } from './compile-condition.js'
import {
  DATASET_COLUMNS,
  fromDatasetRecord,
  fromItemRecord,
  ITEM_COLUMNS,
  toDatasetRecord,
  toItemRecord,
} from './dataset-record.js'
import type { DatasetItemQuery, DatasetStore } from './dataset-store.js'
import type { Db } from './db.js'
import { inTransaction } from './in-transaction.js'
import { readCount, readRows } from './read-rows.js'
import { type SqlValue, sqlText } from './sql-value.js'
import type { PageRange, StoredPage } from './stored-page.js'

/** Datasets in SQLite. */
export class SqliteDatasetStore implements DatasetStore {
  private readonly db: Db

  /** @param db The connection, which stays the caller's. */
  constructor(db: Db) {
    this.db = db
  }

  putDataset(dataset: Dataset): void {
    const placeholders = DATASET_COLUMNS.map(() => '?').join(', ')
    const updates = DATASET_COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')
    this.db
      .prepare(
        `INSERT INTO datasets (${DATASET_COLUMNS.join(', ')}) VALUES (${placeholders})
         ON CONFLICT (id) DO UPDATE SET ${updates}`,
      )
      .run(toDatasetRecord(dataset))
  }

  findDataset(name: string): Dataset | undefined {
    const sql = `SELECT ${DATASET_COLUMNS.join(', ')} FROM datasets WHERE name = ?`
    return readRows(this.db, { sql, values: [sqlText(name)] }).map(fromDatasetRecord)[0]
  }

  findDatasets({ limit, offset }: PageRange): StoredPage<Dataset> {
    const sql = `SELECT ${DATASET_COLUMNS.join(', ')} FROM datasets ORDER BY created_millis DESC, id LIMIT ? OFFSET ?`
    return {
      rows: readRows(this.db, { sql, values: [limit, offset] }).map(fromDatasetRecord),
      total: readCount(this.db, { sql: 'SELECT count(*) FROM datasets', values: [] }),
    }
  }

  putItem(item: DatasetItem): void {
    inTransaction(this.db, () => {
      const newest = {
        sql: 'SELECT coalesce(max(valid_from_millis) + 1, ?) FROM dataset_items WHERE id = ?',
        values: [item.createdAtMillis, sqlText(item.id)],
      }
      // Two versions of one millisecond would be one and the same.
      const validFromMillis = Math.max(item.createdAtMillis, readCount(this.db, newest))
      this.deleteItem(item.id, validFromMillis)
      this.db
        .prepare(
          `INSERT INTO dataset_items (${ITEM_COLUMNS.join(', ')}) VALUES (${ITEM_COLUMNS.map(() => '?').join(', ')})`,
        )
        .run(toItemRecord(item, validFromMillis))
    })
  }

  findItem(id: string, asOfMillis?: number): DatasetItem | undefined {
    const at = validAt(asOfMillis)
    const where = { sql: `items.id = ? AND ${at.sql}`, values: [sqlText(id), ...at.values] }
    return this.readItems(where, { limit: 1, offset: 0 })[0]
  }

  findItems(query: DatasetItemQuery, range: PageRange): StoredPage<DatasetItem> {
    const conditions = [
      validAt(query.asOfMillis),
      equals('items.status', query.status),
      equals('items.dataset_id', query.datasetId),
      equals('items.source_trace_id', query.sourceTraceId),
      equals('items.source_observation_id', query.sourceObservationId),
    ].filter((condition) => condition !== undefined)
    const where = {
      sql: conditions.map(({ sql }) => sql).join(' AND '),
      values: conditions.flatMap(({ values }) => values),
    }
    const sql = `SELECT count(*) FROM dataset_items AS items WHERE ${where.sql}`
    return { rows: this.readItems(where, range), total: readCount(this.db, { sql, values: where.values }) }
  }

  deleteItem(id: string, nowMillis: number): void {
    this.db
      .prepare('UPDATE dataset_items SET valid_to_millis = ? WHERE id = ? AND valid_to_millis IS NULL')
      .run([nowMillis, sqlText(id)])
  }

  private readItems(where: SqlCondition, { limit, offset }: PageRange): DatasetItem[] {
    const sql = `SELECT ${ITEM_COLUMNS.map((column) => `items.${column}`).join(', ')}, datasets.name
      FROM dataset_items AS items JOIN datasets ON datasets.id = items.dataset_id WHERE ${where.sql}
      ORDER BY items.valid_from_millis DESC, items.id LIMIT ? OFFSET ?`
    return readRows(this.db, { sql, values: [...where.values, limit, offset] }).map(fromItemRecord)
  }
}

function validAt(millis: number | undefined): { sql: string; values: readonly SqlValue[] } {
  if (millis === undefined) return { sql: 'items.valid_to_millis IS NULL', values: [] }
  const sql = 'items.valid_from_millis <= ? AND (items.valid_to_millis IS NULL OR items.valid_to_millis > ?)'
  return { sql, values: [millis, millis] }
}

function equals(column: string, value: string | undefined): SqlCondition | undefined {
  return value === undefined ? undefined : { sql: `${column} = ?`, values: [sqlText(value)] }
}
