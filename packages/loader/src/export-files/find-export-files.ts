import { readdir } from 'node:fs/promises'
import { basename, join, sep } from 'node:path'
import { LoaderError } from '../loader-error.js'

/** The folder in which Langfuse's blob storage integration puts observations (Langfuse 4). */
const TABLE = 'observations_v2'
const READABLE = /\.(?:jsonl(?:\.gz)?|parquet)$/i
// What the integration can be set up to write besides. Langfuse's JSON and CSV do not say which columns hold JSON.
const UNREADABLE = /\.(?:json|csv)(?:\.gz)?$/i

/**
 * Finds the files of observations in a copy of Langfuse's export.
 *
 * @param directory - The folder of the export, of a project in it, or `observations_v2` itself.
 * @returns The files, latest first: their names are the times at which their windows end.
 * @throws {LoaderError} `read_failed` if the folder cannot be read; `invalid_file` if it holds no such files, or files in another form.
 */
export async function findExportFiles(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason'
    throw new LoaderError('read_failed', `Cannot read export ${directory}: ${reason}`, { path: directory, cause })
  })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const inTable = files.filter((file) => file.split(sep).includes(TABLE))
  // Whoever points at the files themselves may have put them anywhere.
  const candidates = inTable.length > 0 ? inTable : files
  const readable = candidates.filter((file) => READABLE.test(file))
  if (readable.length === 0) throw nothingReadable(directory, candidates)
  return readable.sort((a, b) => compare(basename(b), basename(a)) || compare(a, b))
}

function nothingReadable(directory: string, candidates: readonly string[]): LoaderError {
  const other = candidates.find((file) => UNREADABLE.test(file))
  const found = other === undefined ? `it holds no files of ${TABLE}` : `${other} is in a form that is not read`
  const message = `Cannot read export ${directory}: ${found}: expected .jsonl, .jsonl.gz or .parquet; set the integration's file type to JSONL or Parquet`
  return new LoaderError('invalid_file', message, { path: other ?? directory })
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
