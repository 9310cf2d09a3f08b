import { createReadStream } from 'node:fs'
import { LoaderError } from '../../loader-error.js'
import { parseJsonRow, readFailed } from './parse-json-row.js'
import type { SourceRow } from './source-row.js'
import { splitLines } from './split-lines.js'

/**
 * Reads a file of one JSON value a line, a line at a time. Blank lines are skipped.
 *
 * @param path - The file.
 * @yields What the lines hold.
 * @throws {LoaderError} `read_failed` or `invalid_dataset`, naming file and line.
 */
export async function* readJsonlRows(path: string | URL): AsyncGenerator<SourceRow> {
  let number = 0
  try {
    for await (const line of splitLines(createReadStream(path, 'utf8'))) {
      number += 1
      const text = number === 1 ? line.replace(/^\uFEFF/, '') : line
      if (text.trim() === '') continue
      const at = `${String(path)}:${number}`
      yield { value: parseJsonRow(text, at), at }
    }
  } catch (cause) {
    throw cause instanceof LoaderError ? cause : readFailed(path, cause)
  }
}
