import { describe, expect, it } from 'vitest'
import { xxHash32 } from './xx-hash-32.js'

describe('xxHash32()', () => {
  // Published test vectors: below a word, below a lane, and above.
  it.each([
    ['', 0x02cc5d05],
    ['a', 0x550d7456],
    ['abc', 0x32d153ff],
    ['Nobody inspects the spammish repetition', 0xe2293b2f],
  ])('xxHash32() hashes %j', (text, hash) => {
    expect(xxHash32(text)).toBe(hash)
  })

  it('xxHash32() is unsigned and depends on every byte', () => {
    const hashes = Array.from({ length: 64 }, (_, length) => xxHash32('ü'.repeat(length)))
    expect(new Set(hashes).size).toBe(64)
    expect(hashes.every((hash) => Number.isInteger(hash) && hash >= 0 && hash <= 0xffffffff)).toBe(true)
  })
})
