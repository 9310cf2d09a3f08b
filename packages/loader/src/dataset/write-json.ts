import type { DatasetItem } from './dataset-item.js'
import { encodeJson } from './encode-json.js'
import { type WrittenFile, writeAtomically } from './write-atomically.js'

/**
 * Writes items as one JSON array, an item a line, so that the file is diffed and searched as easily as JSON Lines.
 *
 * @param path - The file.
 * @param items - The items.
 * @returns Where it is and how many items it holds.
 * @throws {LoaderError} `write_failed` or `invalid_dataset`; then nothing was written.
 */
export async function writeJson(path: string | URL, items: readonly DatasetItem[]): Promise<WrittenFile> {
  return { path: await writeAtomically(path, encodeArray(items)), items: items.length }
}

function* encodeArray(items: readonly DatasetItem[]): Generator<string> {
  let row = 0
  for (const item of items) {
    row += 1
    yield `${row === 1 ? '[\n' : ',\n'}${encodeJson(item, `item ${row}`)}`
  }
  yield row === 0 ? '[]\n' : '\n]\n'
}
