import type { ModelDefinition } from '../model/model-definition.js'
import type { Db } from './db.js'
import type { ModelStore } from './model-store.js'
import { readRows } from './read-rows.js'
import { sqlJson, sqlText } from './sql-value.js'

/** Models in SQLite. */
export class SqliteModelStore implements ModelStore {
  private readonly db: Db

  /** @param db The connection, which stays the caller's. */
  constructor(db: Db) {
    this.db = db
  }

  putModel(model: ModelDefinition): void {
    this.db
      .prepare('INSERT INTO models (id, name, model) VALUES (?, ?, ?)')
      .run([model.id, sqlText(model.modelName), sqlJson(model)])
  }

  findModel(id: string): ModelDefinition | undefined {
    return readRows(this.db, { sql: 'SELECT model FROM models WHERE id = ?', values: [sqlText(id)] }).map(fromRow)[0]
  }

  findModels(): ModelDefinition[] {
    return readRows(this.db, { sql: 'SELECT model FROM models ORDER BY rowid', values: [] }).map(fromRow)
  }

  deleteModel(id: string): boolean {
    return this.db.prepare('DELETE FROM models WHERE id = ?').run([sqlText(id)]).changes > 0
  }
}

/** The cast is sound because only {@link SqliteModelStore} writes the table. */
function fromRow(row: readonly unknown[]): ModelDefinition {
  return JSON.parse(String(row[0])) as ModelDefinition
}
