import type { DatasetItem } from '../dataset-item.js'
import { decodeCell, parseScalar } from '../decode-cell.js'
import { kindOfField } from '../field-kinds.js'
import { createItemReader, type FromRecordsOptions } from '../item-reader.js'
import { csvValue, escapedCsvValue } from './csv-cell.js'
import { type DatasetFormat, formatOf } from './dataset-format.js'
import { type ReadCsvOptions, readCsvRows } from './read-csv.js'
import { readJsonRows } from './read-json.js'
import { readJsonlRows } from './read-jsonl.js'
import { readParquetRows } from './read-parquet.js'
import type { SourceRow } from './source-row.js'

/** How items are read from a file. */
export interface ReadItemsOptions extends FromRecordsOptions, ReadCsvOptions {
  /** The form of the file. @default what its name ends in: `.jsonl`, `.ndjson`, `.json`, `.csv`, `.parquet` */
  format?: DatasetFormat
}

/**
 * Reads items from a file one after the other, in bounded memory: a line, or a row group of Parquet, at a time. Only a JSON array is read
 * as a whole.
 *
 * @param path - The file.
 * @param options - The form of the file, column names, and what to do with unknown columns.
 * @returns The items.
 * @throws {LoaderError} `invalid_options` at once; from the loop `read_failed`, or `invalid_dataset` naming the row and the field.
 */
export function readItems(path: string | URL, options: ReadItemsOptions = {}): AsyncGenerator<DatasetItem> {
  const { rows, decode } = sourceOf(path, formatOf(path, options.format), options)
  // Not a generator itself: bad options shall throw here and not at the first step of a loop elsewhere.
  return itemsOf(rows, createItemReader(options, decode))
}

interface Source {
  readonly rows: AsyncIterable<SourceRow>
  readonly decode?: (field: string, value: unknown) => unknown
}

function sourceOf(path: string | URL, format: DatasetFormat, options: ReadCsvOptions): Source {
  switch (format) {
    case 'jsonl':
      return { rows: readJsonlRows(path) }
    case 'json':
      return { rows: readJsonRows(path) }
    case 'parquet':
      return { rows: readParquetRows(path), decode: decodeParquetCell }
    case 'csv': {
      const decode = options.formulas === 'keep' ? csvValue : escapedCsvValue
      return {
        rows: readCsvRows(path),
        decode: (field, value) => decode(field, typeof value === 'string' ? value : null),
      }
    }
  }
}

// A judgment is JSON in a Parquet file, because a column has one type and judgments have three.
function decodeParquetCell(field: string, value: unknown): unknown {
  if (kindOfField(field) === 'scalar' && typeof value === 'string') return parseScalar(value) ?? value
  return decodeCell(field, value)
}

async function* itemsOf(
  rows: AsyncIterable<SourceRow>,
  read: (row: unknown, at: string) => DatasetItem,
): AsyncGenerator<DatasetItem> {
  for await (const { value, at } of rows) yield read(value, at)
}
