import { createHash } from 'node:crypto'

/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** @returns A number from 0 up to 1, without 1. */
  fraction(): number
  /** @returns A whole number from `min` to `max`, both included. */
  whole(min: number, max: number): number
  /** @param list - Not empty. @returns One of its elements. */
  pick<List extends readonly [unknown, ...unknown[]]>(list: List): List[number]
  /** @param share - How often, from 0 to 1. @returns Whether it happens. */
  happens(share: number): boolean
  /** @returns So many hex digits. */
  hex(digits: number): string
}

/**
 * Makes a source of numbers.
 *
 * @param seed - Any text; other seeds give other numbers.
 * @returns The source.
 */
export function createRandom(seed: string): Random {
  let block = Buffer.alloc(0)
  let used = 0
  let blocks = 0
  // A hash in counter mode: even, independent of the platform, and fast enough for what is written with it.
  const uint32 = (): number => {
    if (used >= block.length) {
      block = createHash('sha256').update(`${seed}#${blocks++}`).digest()
      used = 0
    }
    used += 4
    return block.readUInt32BE(used - 4)
  }
  const fraction = (): number => uint32() / 2 ** 32
  const whole = (min: number, max: number): number => min + Math.floor(fraction() * (max - min + 1))
  return {
    fraction,
    whole,
    // The index is below the length, which the compiler cannot see.
    pick: (list) => list[whole(0, list.length - 1)] ?? list[0],
    happens: (share) => fraction() < share,
    hex: (digits) => Array.from({ length: digits }, () => whole(0, 15).toString(16)).join(''),
  }
}
