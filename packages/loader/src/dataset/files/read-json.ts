import { readFile } from 'node:fs/promises'
import { LoaderError } from '../../loader-error.js'
import { parseJsonRow, readFailed } from './parse-json-row.js'
import type { SourceRow } from './source-row.js'

/**
 * Reads a file that holds one JSON array. The whole of it is held in memory: for files that are larger, JSON Lines is the form.
 *
 * @param path - The file.
 * @yields The array's elements.
 * @throws {LoaderError} `read_failed` or `invalid_dataset`, naming the file.
 */
export async function* readJsonRows(path: string | URL): AsyncGenerator<SourceRow> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw readFailed(path, cause)
  })
  const parsed = parseJsonRow(text.replace(/^\uFEFF/, ''), String(path))
  if (!Array.isArray(parsed)) {
    const message = `Cannot read dataset: ${String(path)} holds no JSON array: for one object a line use readJsonl`
    throw new LoaderError('invalid_dataset', message, { path: String(path) })
  }
  for (const [index, value] of parsed.entries()) yield { value, at: `${String(path)}, row ${index + 1}` }
}
