import { LoaderError } from '../loader-error.js'
import type { DatasetItem } from './dataset-item.js'
import { rankBySeed } from './rank-by-seed.js'

/** How a part of a dataset is drawn. */
export interface SampleOptions {
  /** Names the draw: the same seed draws the same items in every run. @default 0 */
  seed?: number | string
}

/**
 * Draws items without putting them back. Adding an item to a dataset changes the draw by that item at most.
 *
 * @param items - The items.
 * @param count - How many; all of them if there are fewer.
 * @param options - The seed.
 * @returns Those drawn, in their order in the dataset.
 * @throws {LoaderError} `invalid_options` if `count` is no whole number of 0 or more.
 */
export function sampleItems(
  items: readonly DatasetItem[],
  count: number,
  options: SampleOptions = {},
): readonly DatasetItem[] {
  if (!Number.isSafeInteger(count) || count < 0) {
    const message = `Invalid option n: it is ${String(count)}: expected a whole number of 0 or more`
    throw new LoaderError('invalid_options', message, { path: 'n' })
  }
  const ranked = items.map((item) => ({ id: item.id, rank: rankBySeed(item.id, options.seed ?? 0) }))
  ranked.sort((one, other) => (one.rank < other.rank ? -1 : 1))
  const drawn = new Set(ranked.slice(0, count).map(({ id }) => id))
  return items.filter(({ id }) => drawn.has(id))
}
