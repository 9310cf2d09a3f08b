import { LoaderError } from '../loader-error.js'
import { isRecord } from '../wire/read-field.js'
import { DatasetItem } from './dataset-item.js'
import { numberRepeats } from './number-repeats.js'
import { ITEM_FIELDS } from './read-item.js'

/** How to read records. */
export interface FromRecordsOptions {
  /** Drops columns that an item has no field for, instead of refusing them. @default false */
  ignoreExtraKeys?: boolean
  /** Names of columns and the fields they stand for: `{ question: 'query' }`. @default {} */
  columnMapping?: Readonly<Record<string, string>>
}

/**
 * Turns plain records into items.
 *
 * @param rows - The records.
 * @param options - Column names, and what to do with unknown ones.
 * @param where - What a row is called, from its number: `row 3`.
 * @returns The items; of rows without an id that say the same, each has its own.
 * @throws {LoaderError} `invalid_dataset` naming the row and the field.
 */
export function fromRecords(
  rows: Iterable<unknown>,
  options: FromRecordsOptions = {},
  where: (row: number) => string = (row) => `row ${row}`,
): DatasetItem[] {
  if (!isRows(rows)) {
    const message = `Cannot read dataset: rows is ${describe(rows)}: expected an array or another iterable of records`
    throw new LoaderError('invalid_dataset', message, { path: 'rows' })
  }
  const mapping = readMapping(options.columnMapping ?? {})
  const nextId = numberRepeats()
  const items: DatasetItem[] = []
  for (const row of rows) {
    const at = where(items.length + 1)
    const record = renameColumns(row, mapping, options.ignoreExtraKeys ?? false, at)
    const item = DatasetItem.parse(record, at)
    // An id that was given is kept, even if it comes twice: the dataset then says so.
    const hasOwnId = isRecord(record) && typeof record.id === 'string'
    const id = hasOwnId ? item.id : nextId(item.id)
    items.push(id === item.id ? item : new DatasetItem({ ...item, id }, at))
  }
  return items
}

/** Callers without types pass anything; text is iterable too, letter by letter. */
function isRows(rows: unknown): rows is Iterable<unknown> {
  return typeof rows === 'object' && rows !== null && Symbol.iterator in rows
}

function describe(rows: unknown): string {
  if (rows === null || rows === undefined) return String(rows)
  return typeof rows === 'object' ? 'no iterable' : `a ${typeof rows}`
}

function readMapping(mapping: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  for (const [column, field] of Object.entries(mapping)) {
    if (ITEM_FIELDS.includes(field)) continue
    const message = `Cannot read dataset: columnMapping.${column} names ${JSON.stringify(field)}: expected one of ${ITEM_FIELDS.join(', ')}`
    throw new LoaderError('invalid_dataset', message, { path: `columnMapping.${column}` })
  }
  return new Map(Object.entries(mapping))
}

function renameColumns(row: unknown, mapping: ReadonlyMap<string, string>, dropUnknown: boolean, at: string): unknown {
  if (!isRecord(row)) return row
  const renamed = new Map<string, unknown>()
  for (const [column, value] of Object.entries(row)) {
    const field = mapping.get(column) ?? column
    if (dropUnknown && !ITEM_FIELDS.includes(field)) continue
    if (renamed.has(field)) {
      throw new LoaderError(
        'invalid_dataset',
        `Cannot read dataset: ${at}: two columns stand for ${JSON.stringify(field)}`,
        { path: field },
      )
    }
    renamed.set(field, value)
  }
  return Object.fromEntries(renamed)
}
