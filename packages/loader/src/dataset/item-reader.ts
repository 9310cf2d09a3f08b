import { LoaderError } from '../loader-error.js'
import { refuseUnknown } from '../options/refuse-unknown.js'
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

// Of all that read datasets, one for all: a misspelt name is none of them.
const READ_OPTIONS: ReadonlySet<string> = new Set(['name', 'columnMapping', 'ignoreExtraKeys', 'format', 'formulas'])

/** Makes the item of a row. `at` is what messages call the row: `row 3`. */
export type ItemReader = (row: unknown, at: string) => DatasetItem

/**
 * Makes a reader of the rows of one dataset, in their order.
 *
 * @param options - Column names, and what to do with unknown ones.
 * @param decode - Turns a value into what the field holds, for sources that keep it in another form. @default as it is
 * @returns The reader. It throws `invalid_dataset` naming the row and the field; rows without an id that say the same get different ones.
 * @throws {LoaderError} `invalid_options` if there is no such option; `invalid_dataset` if `columnMapping` names a field that there is not.
 */
export function createItemReader(
  options: FromRecordsOptions = {},
  decode?: (field: string, value: unknown) => unknown,
): ItemReader {
  refuseUnknown(options, READ_OPTIONS)
  const mapping = readMapping(options.columnMapping ?? {})
  const dropUnknown = options.ignoreExtraKeys ?? false
  const nextId = numberRepeats()
  return (row, at) => {
    const record = fieldsOf(row, mapping, dropUnknown, decode, at)
    const item = DatasetItem.parse(record, at)
    // An id that was given is kept, even if it comes twice: the dataset then says so.
    const hasOwnId = isRecord(record) && typeof record.id === 'string'
    const id = hasOwnId ? item.id : nextId(item.id)
    return id === item.id ? item : new DatasetItem({ ...item, id }, at)
  }
}

function readMapping(mapping: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  for (const [column, field] of Object.entries(mapping)) {
    if (ITEM_FIELDS.includes(field)) continue
    const message = `Cannot read dataset: columnMapping.${column} names ${JSON.stringify(field)}: expected one of ${ITEM_FIELDS.join(', ')}`
    throw new LoaderError('invalid_dataset', message, { path: `columnMapping.${column}` })
  }
  return new Map(Object.entries(mapping))
}

function fieldsOf(
  row: unknown,
  mapping: ReadonlyMap<string, string>,
  dropUnknown: boolean,
  decode: ((field: string, value: unknown) => unknown) | undefined,
  at: string,
): unknown {
  if (!isRecord(row)) return row
  const fields = new Map<string, unknown>()
  for (const [column, value] of Object.entries(row)) {
    const field = mapping.get(column) ?? column
    if (dropUnknown && !ITEM_FIELDS.includes(field)) continue
    if (fields.has(field)) {
      const message = `Cannot read dataset: ${at}: two columns stand for ${JSON.stringify(field)}`
      throw new LoaderError('invalid_dataset', message, { path: field })
    }
    fields.set(field, decode === undefined ? value : decode(field, value))
  }
  return Object.fromEntries(fields)
}
