import { LoaderError } from '../loader-error.js'
import type { DatasetItem } from './dataset-item.js'

/**
 * Checks that every item has an id of its own: scores and uploads are told apart by it.
 *
 * @param items - The items.
 * @returns The same items.
 * @throws {LoaderError} `invalid_dataset` naming the second item that has an id.
 */
export function uniqueIds(items: Iterable<DatasetItem>): readonly DatasetItem[] {
  const list = [...items]
  const rowOf = new Map<string, number>()
  list.forEach((item, index) => {
    const earlier = rowOf.get(item.id)
    if (earlier !== undefined) {
      const found = `rows ${earlier + 1} and ${index + 1} have the same id ${JSON.stringify(item.id)}`
      throw new LoaderError('invalid_dataset', `Cannot make dataset: ${found}: give each item its own`, { path: 'id' })
    }
    rowOf.set(item.id, index)
  })
  return list
}
