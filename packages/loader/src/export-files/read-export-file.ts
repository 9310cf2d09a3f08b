import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { readParquetRows } from '../dataset/files/read-parquet.js'
import { splitLines } from '../dataset/files/split-lines.js'
import { LoaderError } from '../loader-error.js'
import { readObservationExport } from '../wire/observation-export.js'
import type { ObservationRow } from '../wire/observation-v2.js'

/**
 * Reads the observations of one file of Langfuse's export, one at a time.
 *
 * @param path - A `.jsonl`, `.jsonl.gz` or `.parquet` file.
 * @yields The rows.
 * @throws {LoaderError} `read_failed`, or `invalid_file` naming the row and the field that is wrong.
 */
export async function* readExportFile(path: string): AsyncGenerator<ObservationRow> {
  try {
    if (/\.parquet$/i.test(path)) {
      for await (const { value, at } of readParquetRows(path)) yield readObservationExport(value, at)
      return
    }
    let number = 0
    for await (const line of splitLines(openText(path))) {
      number += 1
      if (line.trim() !== '') yield readObservationExport(parse(line, path, number), `${path}, line ${number}`)
    }
  } catch (cause) {
    throw describe(path, cause)
  }
}

async function* openText(path: string): AsyncGenerator<string> {
  const file = createReadStream(path)
  // `pipeline` hands an error of either stream to the reader; the callback form because the loop below is the last stage.
  const bytes = /\.gz$/i.test(path) ? pipeline(file, createGunzip(), () => {}) : file
  yield* bytes.setEncoding('utf8')
}

function parse(line: string, path: string, number: number): unknown {
  try {
    return JSON.parse(line)
  } catch {
    // The parser's message quotes the text, which may be a prompt.
    throw new LoaderError('invalid_file', `Cannot read export: ${path}, line ${number}: no JSON`, { path })
  }
}

function describe(path: string, cause: unknown): unknown {
  if (cause instanceof LoaderError) {
    if (cause.code === 'read_failed' || cause.code === 'invalid_file') return cause
    const found = cause.message.replace(/^Cannot read (?:the answer|dataset): /, '')
    return new LoaderError('invalid_file', `Cannot read export: ${found}`, { path, cause })
  }
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined
  if (code === undefined) return cause
  // zlib's codes: a file that was cut off, or that is not compressed.
  if (code.startsWith('Z_'))
    return new LoaderError('invalid_file', `Cannot read export: ${path}: ${code}`, { path, cause })
  return new LoaderError('read_failed', `Cannot read export: ${path}: ${code}`, { path, cause })
}
