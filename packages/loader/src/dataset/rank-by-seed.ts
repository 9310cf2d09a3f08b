import { createHash } from 'node:crypto'

/**
 * Gives a key its place in a shuffled order: by the hash of seed and key, so that the same keys come in the same order on every machine,
 * and a key that is added or taken away moves no other.
 *
 * @param key - What is shuffled, such as an item's id.
 * @param seed - Names the order.
 * @returns Text to sort by.
 */
export function rankBySeed(key: string, seed: number | string): string {
  return createHash('sha256')
    .update(JSON.stringify([seed, key]))
    .digest('hex')
}
