import type { DatasetItem } from './dataset-item.js'
import { type FromRecordsOptions, fromRecords } from './from-records.js'
import type { DatasetItemFields } from './item-fields.js'
import { readJsonFile } from './read-json.js'
import { readJsonlFile } from './read-jsonl.js'
import { uniqueIds } from './unique-ids.js'
import type { WrittenFile } from './write-atomically.js'
import { writeJson } from './write-json.js'
import { writeJsonl } from './write-jsonl.js'

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
   * @param rows - The records: an array, a generator, anything iterable.
   * @param options - Name, column names, and what to do with unknown columns.
   * @returns The dataset.
   * @throws {LoaderError} `invalid_dataset` naming the row and the field.
   */
  static fromRecords(rows: Iterable<unknown>, options: ReadDatasetOptions = {}): Dataset {
    return new Dataset(fromRecords(rows, options), options)
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
    return new Dataset(await readJsonlFile(path, options), options)
  }

  /**
   * Reads a file that holds one JSON array of objects.
   *
   * @param path - The file.
   * @param options - Name, column names, and what to do with unknown columns.
   * @returns The dataset.
   * @throws {LoaderError} `read_failed` if there is no such file; `invalid_dataset` naming the row and the field.
   */
  static async readJson(path: string | URL, options: ReadDatasetOptions = {}): Promise<Dataset> {
    return new Dataset(await readJsonFile(path, options), options)
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
    return new Dataset(
      this.items.filter((item, index) => predicate(item, index)),
      { name: this.name },
    )
  }

  /**
   * @param map - What to make of an item.
   * @returns A new dataset of the results, under the same name.
   */
  map(map: (item: DatasetItem, index: number) => DatasetItem): Dataset {
    return new Dataset(
      this.items.map((item, index) => map(item, index)),
      { name: this.name },
    )
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
    return writeJsonl(path, this.items)
  }

  /**
   * Writes one JSON array. The file appears whole or not at all; missing directories are made.
   *
   * @param path - The file; one that exists is replaced and keeps its mode. A link stays one; a pipe or device is written to.
   * @returns Where it is and how many items it holds.
   * @throws {LoaderError} `write_failed` if the file system refuses; `invalid_dataset` if an item has no form in JSON.
   */
  async toJson(path: string | URL): Promise<WrittenFile> {
    return writeJson(path, this.items)
  }
}
