import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { LoaderError } from '../loader-error.js'
import type { DatasetItem } from './dataset-item.js'
import { type FromRecordsOptions, fromRecords } from './from-records.js'
import { parseJsonRow, readFailed } from './parse-json-row.js'

/**
 * Reads a file of one JSON object a line.
 *
 * @param path - The file.
 * @param options - Column names, and what to do with unknown ones.
 * @returns The items.
 * @throws {LoaderError} `read_failed` or `invalid_dataset`, naming file and line.
 */
export async function readJsonlFile(path: string | URL, options: FromRecordsOptions): Promise<DatasetItem[]> {
  const records: unknown[] = []
  // Blank lines are no rows, so the numbers of lines and rows part: messages speak of lines.
  const lineOf: number[] = []
  let number = 0
  try {
    for await (const line of createInterface({
      input: createReadStream(path, 'utf8'),
      crlfDelay: Number.POSITIVE_INFINITY,
    })) {
      number += 1
      const text = number === 1 ? line.replace(/^\uFEFF/, '') : line
      if (text.trim() === '') continue
      records.push(parseJsonRow(text, `${String(path)}:${number}`))
      lineOf.push(number)
    }
  } catch (cause) {
    throw cause instanceof LoaderError ? cause : readFailed(path, cause)
  }
  return fromRecords(records, options, (row) => `${String(path)}:${lineOf[row - 1] ?? row}`)
}
