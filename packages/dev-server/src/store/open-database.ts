import { closeSync, openSync } from 'node:fs'
import Database from 'libsql'
import { DevServerError } from '../dev-server-error.js'
import type { Db } from './db.js'
import { migrate } from './migrate.js'

/**
 * Opens the database for this process alone and brings its schema up to date.
 *
 * The lock is SQLite's own, on the file: the operating system releases it however the process ends, `kill -9` included.
 *
 * @param path The database file; it is made when missing.
 * @returns The connection, with everything prepared.
 * @throws {DevServerError} `store_in_use` if another connection holds the file, `corrupt_store` if it is no database,
 * `newer_schema` if a newer version wrote it, `data_dir_unusable` if it cannot be opened.
 */
export function openDatabase(path: string): Db {
  let db: Db | undefined
  try {
    createPrivately(path)
    db = new Database(path)
    // Before the first access in WAL mode: then the lock is taken once and for all, and no shared-memory file is needed.
    db.pragma('locking_mode = EXCLUSIVE')
    // Rows of a kilobyte or two fill larger pages better, and a page is what a commit writes. Only a new file takes it.
    db.pragma('page_size = 8192')
    db.pragma('journal_mode = WAL')
    // Survives the death of the process at any moment; only a power cut may cost the last commits, never the file.
    db.pragma('synchronous = NORMAL')
    // Copying the log into the file is the slow part of a commit, so it happens every 64 MiB instead of every 8: what is written
    // again and again, such as a page of an index, is copied once.
    db.pragma('wal_autocheckpoint = 8192')
    db.pragma('cache_size = -65536')
    db.pragma('temp_store = MEMORY')
    migrate(db, path)
    return db
  } catch (cause) {
    abandon(db)
    throw cause instanceof DevServerError ? cause : openError(path, cause)
  }
}

/**
 * Makes the file, empty, before SQLite does. Prompts and answers are nobody else's business, and the directory may be older and
 * open, so the file says it itself: SQLite gives its log the mode the file has when the log is made, which is at once.
 */
function createPrivately(path: string): void {
  try {
    // Exclusive: never through a link that someone else put there.
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    // A file that exists keeps its mode; what else it may be SQLite finds out.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

/** Closes what could not be opened properly; why it could not is the error that counts. */
function abandon(db: Db | undefined): void {
  try {
    if (db !== undefined) closeDatabase(db)
  } catch {
    // Nothing was written, and the lock of another process is not ours to release.
  }
}

/**
 * Closes a connection and lets go of its file at once.
 *
 * The driver closes a connection only when every statement made on it has been garbage collected, and until then the lock would
 * stay. Leaving WAL mode (the only way out of the exclusive lock taken in it) writes everything into the one file, and the
 * read after that gives the lock back.
 *
 * @param db The connection.
 */
export function closeDatabase(db: Db): void {
  try {
    db.pragma('journal_mode = DELETE')
    db.pragma('locking_mode = NORMAL')
    db.prepare('SELECT count(*) FROM sqlite_schema').raw().all()
  } finally {
    db.close()
  }
}

function openError(path: string, cause: unknown): DevServerError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    const message = `Cannot open ${path}: another dev-server holds it: stop that one, or choose another data directory`
    return new DevServerError('store_in_use', message, { path, cause })
  }
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')) {
    const message = `Cannot open ${path}: it is not an intact database: move it away to start with an empty one`
    return new DevServerError('corrupt_store', message, { path, cause })
  }
  const found = cause instanceof Error ? cause.message : String(cause)
  return new DevServerError(
    'data_dir_unusable',
    `Cannot open ${path}: ${found}: check who owns the file and the disk`,
    {
      path,
      cause,
    },
  )
}
