import { closeSync, constants, copyFileSync, existsSync, openSync, readSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DevServerError } from '../dev-server-error.js'

/** The database of a data directory. */
export const STORE_FILE = 'axion.db'
/** Its log, which is there while a server runs, and after one was killed. */
export const LOG_FILE = 'axion.db-wal'

const MAX_ATTEMPTS = 5
// The header of SQLite's log; its salts change whenever the log begins anew (sqlite.org/fileformat2.html, "The Write-Ahead Log").
const LOG_HEADER_BYTES = 32

/**
 * Copies the database of a data directory, also while a server writes to it: the copy is what a server would find that was killed at that
 * moment, so it holds everything that was acknowledged before.
 *
 * @param dataDir The data directory.
 * @param into The directory of the copy, which is there.
 * @throws {DevServerError} `data_dir_unusable` if there is no database, or a file cannot be read or written; `store_in_use` if the server
 * writes so much that no copy was whole.
 */
export function copyStore(dataDir: string, into: string): void {
  const path = join(dataDir, STORE_FILE)
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const before = readLogHeader(dataDir)
    // The database first: what the server moves from the log into it meanwhile is still in the log, which counts more.
    copy(dataDir, into, STORE_FILE)
    if (before !== undefined) copyLog(dataDir, into)
    // Unless the log began anew: then parts of it are in neither copy.
    if (readLogHeader(dataDir) === before) return
    rmSync(join(into, LOG_FILE), { force: true })
  }
  const message = `Cannot copy ${path}: a server writes to it too much: try again when it is less busy`
  throw new DevServerError('store_in_use', message, { path })
}

function copy(dataDir: string, into: string, name: string): void {
  const path = join(dataDir, name)
  try {
    // A file system that can shares the blocks until either file changes.
    copyFileSync(path, join(into, name), constants.COPYFILE_FICLONE)
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT' && !existsSync(path)
    const found = isMissing ? 'there is no database' : cause instanceof Error ? cause.message : String(cause)
    const message = `Cannot read ${path}: ${found}: check the data directory`
    throw new DevServerError('data_dir_unusable', message, { path, cause })
  }
}

function copyLog(dataDir: string, into: string): void {
  try {
    copy(dataDir, into, LOG_FILE)
  } catch (error) {
    // A server that ended meanwhile took it away; the header tells.
    if (existsSync(join(dataDir, LOG_FILE))) throw error
  }
}

/** The header as text; `undefined` if there is no log, and so nothing in it. */
function readLogHeader(dataDir: string): string | undefined {
  const path = join(dataDir, LOG_FILE)
  if (!existsSync(path)) return undefined
  const header = Buffer.alloc(LOG_HEADER_BYTES)
  let file: number | undefined
  try {
    file = openSync(path, 'r')
    const bytes = readSync(file, header, 0, LOG_HEADER_BYTES, 0)
    return header.toString('latin1', 0, bytes)
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw new DevServerError('data_dir_unusable', `Cannot read ${path}: check who may read it`, { path, cause })
  } finally {
    if (file !== undefined) closeSync(file)
  }
}
