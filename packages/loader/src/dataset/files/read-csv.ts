import { createReadStream } from 'node:fs'
import { CsvError, parse } from 'csv-parse'
import { LoaderError } from '../../loader-error.js'
import { markEmptyCells } from './mark-empty-cells.js'
import { readFailed } from './parse-json-row.js'
import type { SourceRow } from './source-row.js'

/** How CSV is read. */
export interface ReadCsvOptions {
  /**
   * `escape` takes away the apostrophe that writing put before text that looks like a formula; `keep` takes every text as it is.
   * @default 'escape'
   */
  formulas?: 'escape' | 'keep'
}

/**
 * Reads a CSV file, a line at a time: with or without a byte order mark, line ends of either kind, quotes, and cells of several lines. The
 * first line names the columns. A cell that is empty is `null`, one that holds two quotes an empty text.
 *
 * @param path - The file.
 * @yields Records of text and `null` by column.
 * @throws {LoaderError} `read_failed`, or `invalid_dataset` naming file and line.
 */
export async function* readCsvRows(path: string | URL): AsyncGenerator<SourceRow> {
  const file = createReadStream(path)
  const parser = parse({
    bom: true,
    info: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    skip_empty_lines: true,
    // Which empty cells were quoted. A `cast` function is told as well, but being called for each cell takes the parser five times as long.
    raw: true,
  })
  // Not `pipeline`: it would end the parser without saying why the file could not be read.
  file.on('error', (error) => parser.destroy(error))
  try {
    let columns: readonly string[] | undefined
    for await (const row of file.pipe(parser)) {
      const { record: cells, raw, info } = readRow(row)
      const record = markEmptyCells(cells, raw)
      const at = `${String(path)}:${info.lines}`
      if (columns === undefined) columns = readHeader(record, at)
      else yield { value: Object.fromEntries(columns.map((column, index) => [column, record[index]])), at }
    }
  } catch (cause) {
    throw cause instanceof LoaderError ? cause : csvFailed(path, cause)
  } finally {
    file.destroy()
  }
}

interface ParsedRow {
  readonly record: readonly string[]
  /** The record as it stands in the file. */
  readonly raw: string
  readonly info: { readonly lines: number }
}

function readRow(row: unknown): ParsedRow {
  // What the parser promises for the options above; its stream is untyped.
  return row as ParsedRow
}

function readHeader(record: readonly (string | null)[], at: string): readonly string[] {
  const columns = record.map((name) => name ?? '')
  const twice = columns.find((name, index) => columns.indexOf(name) !== index)
  if (twice === undefined) return columns
  const message = `Cannot read dataset: ${at}: two columns are named ${JSON.stringify(twice)}`
  throw new LoaderError('invalid_dataset', message, { path: twice })
}

function csvFailed(path: string | URL, cause: unknown): LoaderError {
  if (!(cause instanceof CsvError)) return readFailed(path, cause)
  const line = typeof cause.lines === 'number' ? `:${cause.lines}` : ''
  // The parser's own messages quote the cell.
  const message = `Cannot read dataset: ${String(path)}${line}: no valid CSV (${describe(cause.code)})`
  return new LoaderError('invalid_dataset', message, { path: String(path), cause })
}

function describe(code: string): string {
  switch (code) {
    case 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH':
    case 'CSV_RECORD_INCONSISTENT_COLUMNS':
      return 'the line has more or fewer cells than the first one'
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'a quote is not closed'
    case 'INVALID_OPENING_QUOTE':
    case 'CSV_INVALID_CLOSING_QUOTE':
      return 'a quote stands inside a cell'
    default:
      return code
  }
}
