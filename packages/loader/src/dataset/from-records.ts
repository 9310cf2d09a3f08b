import type { DatasetItem } from './dataset-item.js'
import { decodeCell } from './decode-cell.js'
import { createItemReader, type FromRecordsOptions } from './item-reader.js'
import { plainValue } from './plain-value.js'
import { rowsOf } from './rows-of.js'

/**
 * Turns plain records, or the rows of a table, into items.
 *
 * @param source - The records: anything iterable, an Arrow table, an arquero or polars frame.
 * @param options - Column names, and what to do with unknown ones.
 * @returns The items; of rows without an id that say the same, each has its own.
 * @throws {LoaderError} `invalid_dataset` naming the row and the field.
 */
export function fromRecords(source: unknown, options: FromRecordsOptions = {}): DatasetItem[] {
  const { rows, isTable } = rowsOf(source)
  const read = createItemReader(options, isTable ? decodeCell : undefined)
  const items: DatasetItem[] = []
  for (const row of rows) items.push(read(isTable ? plainValue(row) : row, `row ${items.length + 1}`))
  return items
}

/**
 * Like {@link fromRecords}, of rows that come one after the other, such as a database cursor's.
 *
 * @param rows - The records.
 * @param options - Column names, and what to do with unknown ones.
 * @yields The items.
 * @throws {LoaderError} `invalid_dataset` naming the row and the field; whatever `rows` throws.
 */
export async function* fromAsyncRecords(
  rows: AsyncIterable<unknown> | Iterable<unknown>,
  options: FromRecordsOptions = {},
): AsyncGenerator<DatasetItem> {
  const read = createItemReader(options)
  let number = 0
  for await (const row of rows) {
    number += 1
    yield read(row, `row ${number}`)
  }
}
