import type { DatasetItem } from './dataset-item.js'
import { encodeJson } from './encode-json.js'
import { type WrittenFile, writeAtomically } from './write-atomically.js'

/**
 * Writes items as JSON Lines, one a line.
 *
 * @param path - The file.
 * @param items - The items.
 * @returns Where it is and how many items it holds.
 * @throws {LoaderError} `write_failed` or `invalid_dataset`; then nothing was written.
 */
export async function writeJsonl(path: string | URL, items: readonly DatasetItem[]): Promise<WrittenFile> {
  return { path: await writeAtomically(path, encodeLines(items)), items: items.length }
}

function* encodeLines(items: readonly DatasetItem[]): Generator<string> {
  let row = 0
  for (const item of items) {
    row += 1
    yield `${encodeJson(item, `item ${row}`)}\n`
  }
}
