import { LoaderError } from '../loader-error.js'
import type { DatasetItem } from './dataset-item.js'
import { rankBySeed } from './rank-by-seed.js'
import type { SampleOptions } from './sample-items.js'

/** How a dataset is divided. */
export interface SplitOptions extends SampleOptions {
  /**
   * What must stay together: items of one group never come into different parts, so that none is trained on and tested with the same
   * conversation. `(item) => item.sessionId ?? item.id`, for example.
   *
   * @default each item for itself
   */
  groupBy?: (item: DatasetItem) => string
}

/**
 * Divides items into parts. The sizes are exact to an item, or as near as the groups allow.
 *
 * @param items - The items.
 * @param parts - Names and shares of the parts: `{ train: 0.8, test: 0.2 }`.
 * @param options - The seed, and what must stay together.
 * @returns The items of each part, in their order in the dataset.
 * @throws {LoaderError} `invalid_options` if the shares are no numbers of 0 or more that make 1.
 */
export function splitItems<Part extends string>(
  items: readonly DatasetItem[],
  parts: Readonly<Record<Part, number>>,
  options: SplitOptions = {},
): Record<Part, DatasetItem[]> {
  const shares = readShares(parts)
  const keys = items.map((item) => options.groupBy?.(item) ?? item.id)
  const partOf = assign(keys, shares, options.seed ?? 0)
  const split = mapParts(parts, (): DatasetItem[] => [])
  items.forEach((item, index) => {
    const part = partOf.get(keys[index] ?? '')
    // The parts that groups are given are those of the caller.
    if (part !== undefined) split[part as Part].push(item)
  })
  return split
}

/**
 * Makes something of each part.
 *
 * @param parts - The parts by name.
 * @param map - What to make of one.
 * @returns The results under the same names.
 */
export function mapParts<Part extends string, Value, Result>(
  parts: Readonly<Record<Part, Value>>,
  map: (value: Value, part: string) => Result,
): Record<Part, Result> {
  const entries = Object.entries<Value>(parts).map(([part, value]) => [part, map(value, part)] as const)
  // Object.fromEntries forgets which names it was given.
  return Object.fromEntries(entries) as Record<Part, Result>
}

function readShares(parts: Readonly<Record<string, number>>): readonly (readonly [string, number])[] {
  const shares = Object.entries(parts)
  const sum = shares.reduce((total, [, share]) => total + share, 0)
  // Shares such as 0.7 + 0.2 + 0.1 miss 1 by a rounding error.
  if (shares.every(([, share]) => share >= 0) && Math.abs(sum - 1) < 1e-9) return shares
  const message = `Invalid option parts: the shares make ${sum}: expected numbers of 0 or more that make 1, such as { train: 0.8, test: 0.2 }`
  throw new LoaderError('invalid_options', message, { path: 'parts' })
}

/** Gives each group a part: groups in shuffled order, each to the part within whose bounds its middle item falls. */
function assign(
  keys: readonly string[],
  shares: readonly (readonly [string, number])[],
  seed: number | string,
): ReadonlyMap<string, string> {
  const sizes = new Map<string, number>()
  for (const key of keys) sizes.set(key, (sizes.get(key) ?? 0) + 1)
  const groups = [...sizes].map(([key, size]) => ({ key, size, rank: rankBySeed(key, seed) }))
  groups.sort((one, other) => (one.rank < other.rank ? -1 : 1))
  const partOf = new Map<string, string>()
  let placed = 0
  for (const { key, size } of groups) {
    partOf.set(key, partAt(placed + size / 2, keys.length, shares))
    placed += size
  }
  return partOf
}

function partAt(position: number, total: number, shares: readonly (readonly [string, number])[]): string {
  let end = 0
  for (const [part, share] of shares) {
    end += share
    if (position < Math.round(end * total)) return part
  }
  return shares.at(-1)?.[0] ?? ''
}
