import type { Prompt } from '../model/prompt.js'
import type { Db } from './db.js'
import { inTransaction } from './in-transaction.js'
import type { PromptStore } from './prompt-store.js'
import { readRows } from './read-rows.js'
import { sqlText } from './sql-value.js'

/** Prompts in SQLite. */
export class SqlitePromptStore implements PromptStore {
  private readonly db: Db

  /** @param db The connection, which stays the caller's. */
  constructor(db: Db) {
    this.db = db
  }

  putPrompts(prompts: readonly Prompt[]): void {
    this.deletePrompts([], prompts)
  }

  findPrompts(name?: string): Prompt[] {
    const [where, values] = name === undefined ? ['', []] : ['WHERE name = ?', [sqlText(name)]]
    const sql = `SELECT prompt FROM prompts ${where} ORDER BY name, version DESC`
    // Only putPrompts writes the table.
    return readRows(this.db, { sql, values }).map(([json]) => JSON.parse(json as string) as Prompt)
  }

  deletePrompts(ids: readonly string[], changed: readonly Prompt[]): void {
    inTransaction(this.db, () => {
      const remove = this.db.prepare('DELETE FROM prompts WHERE id = ?')
      for (const id of ids) remove.run([id])
      const insert = this.db.prepare(
        `INSERT INTO prompts (id, name, version, prompt) VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET prompt = excluded.prompt`,
      )
      for (const prompt of changed) {
        insert.run([prompt.id, sqlText(prompt.name), prompt.version, JSON.stringify(prompt)])
      }
    })
  }
}
