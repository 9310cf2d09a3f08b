import { extname } from 'node:path'
import { LoaderError } from '../../loader-error.js'
import { readPath } from '../../options/read-path.js'

/** A form of dataset files. */
export type DatasetFormat = 'jsonl' | 'json' | 'csv' | 'parquet'

const FORMATS: Readonly<Record<string, DatasetFormat>> = {
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.json': 'json',
  '.csv': 'csv',
  '.parquet': 'parquet',
}

/**
 * Tells the form of a file.
 *
 * @param path - The file, whose name says it.
 * @param given - What the caller said, which goes before the name.
 * @returns The form.
 * @throws {LoaderError} `invalid_options` if neither says it, or the path is none.
 */
export function formatOf(path: string | URL, given: DatasetFormat | undefined): DatasetFormat {
  const file = readPath(path, 'path')
  if (given !== undefined && Object.values(FORMATS).includes(given)) return given
  const extension = extname(file).toLowerCase()
  const format = Object.hasOwn(FORMATS, extension) ? FORMATS[extension] : undefined
  if (given === undefined && format !== undefined) return format
  const found = given === undefined ? `the name ends in '${extension}'` : `it is ${JSON.stringify(given)}`
  const message = `Invalid option format: ${found}: expected one of jsonl, json, csv, parquet`
  throw new LoaderError('invalid_options', message, { path: 'format' })
}
