import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import Database from 'libsql'
import { DevServerError } from '../dev-server-error.js'
import { LOG_FILE, STORE_FILE } from './copy-store.js'
import { copyStoreAside } from './copy-store-aside.js'
import type { Db } from './db.js'

/** What SQLite answers in a cell. */
export type SqlCell = string | number | Uint8Array | null

/** The answer to a query; to be closed. */
export interface QueryAnswer {
  readonly columns: readonly string[]
  /** The rows, read as they are asked for. @throws {DevServerError} `invalid_query` from the loop, if a row cannot be computed. */
  readonly rows: Iterable<readonly SqlCell[]>
  close(): void
}

/**
 * Asks the database of a data directory in SQL, and can change nothing in it. While a server runs on it, or after one was killed, a copy
 * is asked, made for this query in the system's directory for temporary files.
 *
 * @param dataDir The data directory.
 * @param sql One SELECT, with or without WITH, or VALUES.
 * @returns The answer.
 * @throws {DevServerError} `data_dir_unusable` if there is no database, `corrupt_store` if it is none, `invalid_query` if the statement is
 * no query, or not one that SQLite understands.
 */
export function queryStore(dataDir: string, sql: string): QueryAnswer {
  const source = resolve(dataDir)
  const copy = existsSync(join(source, LOG_FILE)) ? copyStoreAside(source) : undefined
  try {
    const db = openToRead(join(copy?.dataDir ?? source, STORE_FILE), copy !== undefined)
    const close = (): void => {
      db.close()
      copy?.remove()
    }
    return { ...run(db, sql), close }
  } catch (error) {
    copy?.remove()
    throw error
  }
}

function openToRead(path: string, isCopy: boolean): Db {
  if (!existsSync(path)) {
    const message = `Cannot read ${path}: there is no database: check the data directory`
    throw new DevServerError('data_dir_unusable', message, { path })
  }
  try {
    // Reading the log of a copy means writing beside it; the original is opened in a mode that cannot write.
    const db = new Database(isCopy ? path : `file:${encodeURI(path).replaceAll(/[?#]/g, encodeURIComponent)}?mode=ro`)
    db.prepare('SELECT count(*) FROM sqlite_schema').raw().all()
    return db
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause)
    const isBroken = cause instanceof Error && 'code' in cause && /NOTADB|CORRUPT/.test(String(cause.code))
    const code = isBroken ? 'corrupt_store' : 'data_dir_unusable'
    throw new DevServerError(code, `Cannot read ${path}: ${found}: check the file`, { path, cause })
  }
}

function run(db: Db, sql: string): Pick<QueryAnswer, 'columns' | 'rows'> {
  const query = sql.trim().replace(/[;\s]+$/, '')
  try {
    const statement = db.prepare(query)
    // As a part of another query stands only what reads, and only one: the driver itself would forget what follows the first.
    if (!isOneQuery(db, query)) throw new Error('it is not one query: expected a SELECT')
    const rows = statement.raw().iterate() as Iterable<readonly SqlCell[]>
    return { columns: statement.columns().map(({ name }) => name), rows: guarded(rows) }
  } catch (cause) {
    throw invalidQuery(cause)
  }
}

function isOneQuery(db: Db, query: string): boolean {
  try {
    // On lines of its own: it may end in a comment.
    db.prepare(`SELECT 1 FROM (\n${query}\n)`)
    return query !== ''
  } catch {
    return false
  }
}

function* guarded(rows: Iterable<readonly SqlCell[]>): Generator<readonly SqlCell[]> {
  try {
    yield* rows
  } catch (cause) {
    throw invalidQuery(cause)
  }
}

function invalidQuery(cause: unknown): DevServerError {
  const found = cause instanceof Error ? cause.message : String(cause)
  return new DevServerError('invalid_query', `Cannot run the query: ${found}`, { cause })
}
