import { refuseUnknown } from '../../options/refuse-unknown.js'
import type { DatasetItem } from '../dataset-item.js'
import { encodeJson } from '../encode-json.js'
import { type DatasetFormat, formatOf } from './dataset-format.js'
import { type Chunks, type WrittenFile, writeAtomically } from './write-atomically.js'
import { csvHeader, csvLine, type WriteCsvOptions } from './write-csv.js'
import { encodeParquet } from './write-parquet.js'

/** How items are written to a file. */
export interface WriteItemsOptions extends WriteCsvOptions {
  /** The form of the file. @default what its name ends in: `.jsonl`, `.ndjson`, `.json`, `.csv`, `.parquet` */
  format?: DatasetFormat
}

const WRITE_OPTIONS: ReadonlySet<string> = new Set<keyof WriteItemsOptions>(['format', 'formulas', 'byteOrderMark'])

/**
 * Writes items to a file as they come, in bounded memory: more items than memory holds are no problem. The file appears whole or not at
 * all; missing directories are made.
 *
 * @param path - The file; one that exists is replaced and keeps its mode. A link stays one; a pipe or device is written to.
 * @param items - The items. That each has an id of its own is up to you.
 * @param options - The form of the file.
 * @returns Where it is and how many items it holds.
 * @throws {LoaderError} `invalid_options` before anything is written; `write_failed` if the file system refuses; `invalid_dataset` if an item has no form in JSON; whatever `items`
 *   throws. Then nothing was written.
 */
export async function writeItems(
  path: string | URL,
  items: Iterable<DatasetItem> | AsyncIterable<DatasetItem>,
  options: WriteItemsOptions = {},
): Promise<WrittenFile> {
  refuseUnknown(options, WRITE_OPTIONS)
  const format = formatOf(path, options.format)
  const counter = { items: 0 }
  const chunks =
    format === 'parquet'
      ? encodeParquet(countItems(items, counter))
      : encodeText(items, FORMS[format](options), counter)
  return { path: await writeAtomically(path, chunks), items: counter.items }
}

interface Counter {
  items: number
}

/** A form of text in which items stand one after the other. */
interface TextForm {
  readonly head: string
  /** An item, from its number. */
  readonly line: (item: DatasetItem, row: number) => string
  readonly tail: (items: number) => string
}

const FORMS: Readonly<Record<Exclude<DatasetFormat, 'parquet'>, (options: WriteItemsOptions) => TextForm>> = {
  jsonl: () => ({ head: '', line: (item, row) => `${encodeJson(item, `item ${row}`)}\n`, tail: () => '' }),
  // An item a line, so that the file is diffed and searched as easily as JSON Lines.
  json: () => ({
    head: '[',
    line: (item, row) => `${row === 1 ? '\n' : ',\n'}${encodeJson(item, `item ${row}`)}`,
    tail: (items) => (items === 0 ? ']\n' : '\n]\n'),
  }),
  csv: (options) => ({
    head: csvHeader(options),
    line: (item, row) => csvLine(item, row, options),
    tail: () => '',
  }),
}

function encodeText(
  items: Iterable<DatasetItem> | AsyncIterable<DatasetItem>,
  form: TextForm,
  counter: Counter,
): Chunks {
  return Symbol.iterator in items ? encodeAll(items, form, counter) : encodeEach(items, form, counter)
}

function* encodeAll(items: Iterable<DatasetItem>, form: TextForm, counter: Counter): Generator<string> {
  yield form.head
  for (const item of items) yield form.line(item, ++counter.items)
  yield form.tail(counter.items)
}

async function* encodeEach(
  items: AsyncIterable<DatasetItem>,
  form: TextForm,
  counter: Counter,
): AsyncGenerator<string> {
  yield form.head
  for await (const item of items) yield form.line(item, ++counter.items)
  yield form.tail(counter.items)
}

async function* countItems(
  items: Iterable<DatasetItem> | AsyncIterable<DatasetItem>,
  counter: Counter,
): AsyncGenerator<DatasetItem> {
  for await (const item of items) {
    counter.items += 1
    yield item
  }
}
