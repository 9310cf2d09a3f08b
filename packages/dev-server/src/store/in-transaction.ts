import type { Db } from './db.js'

/**
 * Does something to the database as a whole or not at all.
 *
 * @param db The connection.
 * @param work What to do; what it throws undoes it.
 */
export function inTransaction(db: Db, work: () => void): void {
  db.exec('BEGIN IMMEDIATE')
  try {
    work()
    db.exec('COMMIT')
  } catch (error) {
    // SQLite has rolled back by itself when the disk is full or fails; a second time would only hide why.
    if (db.inTransaction) db.exec('ROLLBACK')
    throw error
  }
}
