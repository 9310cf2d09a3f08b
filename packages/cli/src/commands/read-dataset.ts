import { basename, extname } from 'node:path'
import type { Dataset, DatasetItem } from '@axion/loader'
import { type ItemInputFlags, toReadOptions } from '../options/item-input.js'

/**
 * Reads a dataset from a file, whose name's end says its form.
 *
 * @param file - The file.
 * @param flags - How its columns are read.
 * @param name - The dataset's name. @default the file's, without its end
 * @returns The dataset.
 * @throws {LoaderError} `read_failed`, `invalid_dataset`, `invalid_options`.
 */
export async function readDataset(file: string, flags: ItemInputFlags, name?: string): Promise<Dataset> {
  const { Dataset, readItems } = await import('@axion/loader')
  const items: DatasetItem[] = []
  for await (const item of readItems(file, toReadOptions(flags))) items.push(item)
  return new Dataset(items, { name: name ?? basename(file, extname(file)) })
}
