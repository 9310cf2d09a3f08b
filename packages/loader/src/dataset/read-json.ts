import { readFile } from 'node:fs/promises'
import { LoaderError } from '../loader-error.js'
import type { DatasetItem } from './dataset-item.js'
import { type FromRecordsOptions, fromRecords } from './from-records.js'
import { parseJsonRow, readFailed } from './parse-json-row.js'

/**
 * Reads a file that holds one JSON array of objects.
 *
 * @param path - The file.
 * @param options - Column names, and what to do with unknown ones.
 * @returns The items.
 * @throws {LoaderError} `read_failed` or `invalid_dataset`, naming file and row.
 */
export async function readJsonFile(path: string | URL, options: FromRecordsOptions): Promise<DatasetItem[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw readFailed(path, cause)
  })
  const parsed = parseJsonRow(text.replace(/^\uFEFF/, ''), String(path))
  if (!Array.isArray(parsed)) {
    const message = `Cannot read dataset: ${String(path)} holds no JSON array: for one object a line use readJsonl`
    throw new LoaderError('invalid_dataset', message, { path: String(path) })
  }
  return fromRecords(parsed, options, (row) => `${String(path)}, row ${row}`)
}
