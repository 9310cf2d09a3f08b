import { type PullDatasetOptions, pullDataset } from '../publish/pull-dataset.js'
import { type PushDatasetOptions, type PushedDataset, pushDataset } from '../publish/push-dataset.js'
import type { DatasetItem } from './dataset-item.js'
import { type DedupeOptions, dedupeItems } from './dedupe-items.js'
import type { ReadCsvOptions } from './files/read-csv.js'
import { readItems } from './files/read-items.js'
import type { WrittenFile } from './files/write-atomically.js'
import type { WriteCsvOptions } from './files/write-csv.js'
import { writeItems } from './files/write-items.js'
import { fromLangfuseItem } from './from-langfuse-item.js'
import { fromAsyncRecords, fromRecords } from './from-records.js'
import type { DatasetItemFields } from './item-fields.js'
import type { FromRecordsOptions } from './item-reader.js'
import type { RecordTable } from './rows-of.js'
import { type SampleOptions, sampleItems } from './sample-items.js'
import { mapParts, type SplitOptions, splitItems } from './split-items.js'
import { type DatasetSummary, summarizeItems } from './summarize-items.js'
import { uniqueIds } from './unique-ids.js'

/** How to read a dataset from somewhere. */
export interface ReadDatasetOptions extends FromRecordsOptions {
  /** The dataset's name. @default 'dataset' */
  name?: string
}

/** An evaluation dataset: items in order, each with an id of its own. Never changed: `filter` and `map` give a new one. */
export class Dataset {
  readonly name: string
  readonly items: readonly DatasetItem[]

  /**
   * @param items - The items.
   * @param options - The dataset's name.
   * @throws {LoaderError} `invalid_dataset` if two items have one id.
   */
  constructor(items: Iterable<DatasetItem> = [], options: { name?: string } = {}) {
    this.items = uniqueIds(items)
    this.name = options.name ?? 'dataset'
  }

  /**
   * Makes a dataset of plain records.
   *
   * @param rows - The records: an array, a generator, anything iterable; an Arrow table, an arquero or polars frame.
   * @param options - Name, column names, and what to do with unknown columns.
   * @returns The dataset.
   * @throws {LoaderError} `invalid_dataset` naming the row and the field.
   */
  static fromRecords(rows: Iterable<unknown> | RecordTable, options: ReadDatasetOptions = {}): Dataset {
    return new Dataset(fromRecords(rows, options), options)
  }

  /**
   * Makes a dataset of records that come one after the other, such as a database cursor's.
   *
   * @param rows - The records.
   * @param options - Name, column names, and what to do with unknown columns.
   * @returns The dataset.
   * @throws {LoaderError} `invalid_dataset` naming the row and the field; whatever `rows` throws.
   */
  static async fromAsyncRecords(rows: AsyncIterable<unknown>, options: ReadDatasetOptions = {}): Promise<Dataset> {
    return collect(fromAsyncRecords(rows, options), options)
  }

  /**
   * Reads a file of one JSON object a line. Blank lines are skipped.
   *
   * @param path - The file.
   * @param options - Name, column names, and what to do with unknown columns.
   * @returns The dataset.
   * @throws {LoaderError} `read_failed` if there is no such file; `invalid_dataset` naming the line and the field.
   */
  static async readJsonl(path: string | URL, options: ReadDatasetOptions = {}): Promise<Dataset> {
    return collect(readItems(path, { ...options, format: 'jsonl' }), options)
  }

  /** Reads a file that holds one JSON array of objects. Else as {@link Dataset.readJsonl}. */
  static async readJson(path: string | URL, options: ReadDatasetOptions = {}): Promise<Dataset> {
    return collect(readItems(path, { ...options, format: 'json' }), options)
  }

  /** Reads a CSV file whose first line names the columns, lists and records as JSON. Else as {@link Dataset.readJsonl}. */
  static async readCsv(path: string | URL, options: ReadDatasetOptions & ReadCsvOptions = {}): Promise<Dataset> {
    return collect(readItems(path, { ...options, format: 'csv' }), options)
  }

  /** Reads Parquet: Snappy, gzip, Brotli, Zstandard (from Node 22.15 on) or plain. Else as {@link Dataset.readJsonl}. */
  static async readParquet(path: string | URL, options: ReadDatasetOptions = {}): Promise<Dataset> {
    return collect(readItems(path, { ...options, format: 'parquet' }), options)
  }

  /**
   * Reads a dataset from Langfuse: items that were pushed come back as they were, others as {@link fromTrace} would read them.
   *
   * @param options - Its name, and the connection, which the environment gives where it is left out.
   * @returns The dataset, the items in the order in which they were made.
   * @throws {LoaderError} `not_found` if there is none of that name; whatever else goes wrong.
   */
  static async fromLangfuse(options: PullDatasetOptions): Promise<Dataset> {
    return new Dataset((await pullDataset(options)).map(fromLangfuseItem), { name: options.name })
  }

  /** How many items there are. */
  get length(): number {
    return this.items.length
  }

  /** @returns The items in order. */
  [Symbol.iterator](): Iterator<DatasetItem> {
    return this.items[Symbol.iterator]()
  }

  /**
   * @param index - Position; a negative one counts from the end.
   * @returns The item there, if there is one.
   */
  at(index: number): DatasetItem | undefined {
    return this.items.at(index)
  }

  /**
   * @param predicate - Whether to keep an item.
   * @returns A new dataset of those kept, under the same name.
   */
  filter(predicate: (item: DatasetItem, index: number) => boolean): Dataset {
    return this.#with(this.items.filter((item, index) => predicate(item, index)))
  }

  /**
   * @param map - What to make of an item.
   * @returns A new dataset of the results, under the same name.
   */
  map(map: (item: DatasetItem, index: number) => DatasetItem): Dataset {
    return this.#with(this.items.map((item, index) => map(item, index)))
  }

  /**
   * Draws items without putting them back.
   *
   * @param count - How many; all of them if there are fewer.
   * @param options - The seed; the same one draws the same items in every run.
   * @returns A new dataset of those drawn, in their order, under the same name.
   * @throws {LoaderError} `invalid_options` if `count` is no whole number of 0 or more.
   */
  sample(count: number, options: SampleOptions = {}): Dataset {
    return this.#with(sampleItems(this.items, count, options))
  }

  /**
   * Divides the dataset.
   *
   * @param parts - Names and shares: `{ train: 0.8, test: 0.2 }`.
   * @param options - The seed, and what must stay together.
   * @returns A dataset for each part, named `<name>-<part>`.
   * @throws {LoaderError} `invalid_options` if the shares do not make 1.
   */
  split<Part extends string>(parts: Readonly<Record<Part, number>>, options: SplitOptions = {}): Record<Part, Dataset> {
    return mapParts(
      splitItems(this.items, parts, options),
      (items, part) => new Dataset(items, { name: `${this.name}-${part}` }),
    )
  }

  /**
   * Leaves out items that are the same as an earlier one.
   *
   * @param options - What makes two items the same; by default what went in.
   * @returns A new dataset, under the same name.
   */
  dedupe(options: DedupeOptions = {}): Dataset {
    return this.#with(dedupeItems(this.items, options))
  }

  /** @returns What the dataset holds, in numbers. */
  summary(): DatasetSummary {
    return summarizeItems(this.name, this.items)
  }

  /**
   * Pushes the items to a dataset at Langfuse, by their ids: pushing again adds nothing twice.
   *
   * @param options - The dataset's name there, and the connection, which the environment gives where it is left out.
   * @returns How many items Langfuse took, and those it refused.
   * @throws {LoaderError} `invalid_options` before any request; whatever else goes wrong.
   */
  async pushToLangfuse(options: PushDatasetOptions = {}): Promise<PushedDataset> {
    return pushDataset(this.name, this.items, options)
  }

  /** @returns The items as plain records. */
  toRecords(): DatasetItemFields[] {
    return this.items.map((item) => ({ ...item }))
  }

  /**
   * Writes one JSON object a line. The file appears whole or not at all; missing directories are made.
   *
   * @param path - The file; one that exists is replaced and keeps its mode. A link stays one; a pipe or device is written to.
   * @returns Where it is and how many items it holds.
   * @throws {LoaderError} `write_failed` if the file system refuses; `invalid_dataset` if an item has no form in JSON.
   */
  async toJsonl(path: string | URL): Promise<WrittenFile> {
    return writeItems(path, this.items, { format: 'jsonl' })
  }

  /** Writes one JSON array. Else as {@link Dataset.toJsonl}. */
  async toJson(path: string | URL): Promise<WrittenFile> {
    return writeItems(path, this.items, { format: 'json' })
  }

  /** Writes CSV (RFC 4180), lists and records as JSON inside their cells. Else as {@link Dataset.toJsonl}. */
  async toCsv(path: string | URL, options: WriteCsvOptions = {}): Promise<WrittenFile> {
    return writeItems(path, this.items, { ...options, format: 'csv' })
  }

  /** Writes Parquet, compressed with Snappy. Else as {@link Dataset.toJsonl}. */
  async toParquet(path: string | URL): Promise<WrittenFile> {
    return writeItems(path, this.items, { format: 'parquet' })
  }

  #with(items: readonly DatasetItem[]): Dataset {
    return new Dataset(items, { name: this.name })
  }
}

async function collect(items: AsyncIterable<DatasetItem>, options: ReadDatasetOptions): Promise<Dataset> {
  const list: DatasetItem[] = []
  for await (const item of items) list.push(item)
  return new Dataset(list, options)
}
