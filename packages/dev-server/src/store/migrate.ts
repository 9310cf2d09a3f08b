import { DevServerError } from '../dev-server-error.js'
import type { Db } from './db.js'
import { MIGRATIONS } from './schema.js'

/**
 * Takes a database through the steps it has not seen, all in one transaction.
 *
 * @param db The connection.
 * @param path Its file, for the message.
 * @throws {DevServerError} `newer_schema` if the file has been through more steps than there are here.
 */
export function migrate(db: Db, path: string): void {
  // The write lock first: a second opener must fail here, not after it has read a version that is about to change.
  db.exec('BEGIN IMMEDIATE')
  try {
    const version = readVersion(db)
    if (version > MIGRATIONS.length) {
      throw new DevServerError(
        'newer_schema',
        `Cannot open ${path}: its schema is version ${version} and this version of @axion/dev-server knows ${MIGRATIONS.length}: upgrade, or choose another data directory`,
        { path },
      )
    }
    for (const step of MIGRATIONS.slice(version)) db.exec(step)
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`)
    db.exec('COMMIT')
  } catch (error) {
    // SQLite has rolled back by itself when the disk is full or fails; a second time would only hide why.
    if (db.inTransaction) db.exec('ROLLBACK')
    throw error
  }
}

function readVersion(db: Db): number {
  const [row] = db.prepare('PRAGMA user_version').raw().all()
  return Array.isArray(row) && typeof row[0] === 'number' ? row[0] : 0
}
