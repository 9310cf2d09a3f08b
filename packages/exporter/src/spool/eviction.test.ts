import { statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { HEADER_BYTES } from './record.js'
import { batchOf, drain, filesEndingIn, openSpoolIn, temporaryFolder } from './spool-in-folder.fixture.js'

/** A record of 100 bytes, with the acknowledgement that is to come. */
const BODY_BYTES = 100 - HEADER_BYTES - 8

const hundred = (text: string, spanCount = 1) => batchOf(text.padEnd(BODY_BYTES), spanCount)
const trimmed = (texts: readonly string[]): string[] => texts.map((text) => text.trim())

function bytesOnDisk(dir: string): number {
  return [...filesEndingIn('.segment', dir), ...filesEndingIn('.acknowledged', dir)]
    .map((path) => statSync(path).size)
    .reduce((sum, size) => sum + size, 0)
}

describe("openSpool() with evict: 'newest'", () => {
  it('append() answers full at the bound, keeps what is there, and stores again when something was delivered', async () => {
    const { spool, evictions } = openSpoolIn(temporaryFolder(), { maxBytes: 1000, evict: 'newest' })
    const answers = Array.from({ length: 12 }, (_, i) => spool.append(hundred(`${i}`)))
    expect(answers).toEqual([...Array(10).fill('stored'), 'full', 'full'])
    const first = await spool.lease()
    expect(spool.append(hundred('while it is leased'))).toBe('full')
    first?.acknowledge()
    expect(spool.append(hundred('after'))).toBe('stored')
    expect(trimmed(await drain(spool))).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', 'after'])
    expect(evictions).toEqual([])
  })
})

describe("openSpool() with evict: 'oldest'", () => {
  it('append() deletes the oldest, counts its spans exactly and says so before it returns', async () => {
    const { spool, evictions } = openSpoolIn(temporaryFolder(), { maxBytes: 1000 })
    for (let i = 0; i < 10; i++) spool.append(hundred(`${i}`, 10 + i))
    expect(evictions).toEqual([])
    expect(spool.append(hundred('ten'))).toBe('stored')
    expect(evictions).toEqual([{ batches: 1, spans: 10, bytes: BODY_BYTES, own: true }])
    expect(spool.append(hundred('eleven'))).toBe('stored')
    expect(spool.stats().own.evicted).toEqual({ batches: 2, spans: 21, bytes: 2 * BODY_BYTES })
    expect(trimmed(await drain(spool))).toEqual(['2', '3', '4', '5', '6', '7', '8', '9', 'ten', 'eleven'])
  })

  it('append() deletes what other processes have left first, and counts it apart, though nobody has read it yet', () => {
    const dir = temporaryFolder()
    const before = openSpoolIn(dir, { maxBytes: 1000 })
    for (let i = 0; i < 9; i++) before.spool.append(hundred(`${i}`, 7))
    before.spool.close()
    const { spool, evictions } = openSpoolIn(dir, { maxBytes: 1000 })
    for (let i = 0; i < 3; i++) expect(spool.append(hundred(`new ${i}`))).toBe('stored')
    expect(evictions.every(({ own }) => !own)).toBe(true)
    expect(spool.stats().adopted.evicted.spans).toBe(7 * (9 - spool.stats().adopted.waiting.batches))
    expect(spool.stats().own.waiting.batches).toBe(3)
  })

  it('append() counts only what waited of a segment that was delivered in part', async () => {
    // Segments of two.
    const { spool, evictions } = openSpoolIn(temporaryFolder(), { maxBytes: 1600 })
    for (let i = 0; i < 16; i++) spool.append(hundred(`${i}`, 1 + i))
    ;(await spool.lease())?.acknowledge()
    spool.append(hundred('sixteen'))
    expect(evictions).toEqual([{ batches: 1, spans: 2, bytes: BODY_BYTES, own: true }])
  })

  it('append() never deletes what is leased', async () => {
    const { spool } = openSpoolIn(temporaryFolder(), { maxBytes: 1000 })
    for (let i = 0; i < 10; i++) spool.append(hundred(`${i}`))
    const [first, second] = [await spool.lease(), await spool.lease()]
    for (let i = 0; i < 20; i++) expect(spool.append(hundred(`new ${i}`))).toBe('stored')
    first?.release()
    second?.release()
    expect(trimmed(await drain(spool)).slice(0, 3)).toEqual(['0', '1', 'new 12'])
  })

  it('append() answers full when all is leased, and deletes nothing in vain', async () => {
    const { spool, evictions } = openSpoolIn(temporaryFolder(), { maxBytes: 1000 })
    for (let i = 0; i < 10; i++) spool.append(hundred(`${i}`))
    for (let i = 0; i < 9; i++) await spool.lease()
    // Only one of a hundred bytes could go.
    expect(spool.append(batchOf('x'.repeat(BODY_BYTES + 1)))).toBe('full')
    expect(evictions).toEqual([])
    expect(spool.append(hundred('fits'))).toBe('stored')
    expect(evictions.length).toBe(1)
  })

  it('append() of a batch that is larger than the bound answers full, and deletes nothing', () => {
    const { spool, evictions } = openSpoolIn(temporaryFolder(), { maxBytes: 1000 })
    spool.append(hundred('small'))
    expect(spool.append(batchOf('x'.repeat(1000 - HEADER_BYTES - 7)))).toBe('full')
    expect(evictions).toEqual([])
    expect(spool.append(batchOf('x'.repeat(1000 - HEADER_BYTES - 8)))).toBe('stored')
    expect(evictions.length).toBe(1)
  })

  it.each([0, -1, Number.NaN])('append() answers full when the bound is %d', (maxBytes) => {
    expect(openSpoolIn(temporaryFolder(), { maxBytes }).spool.append(batchOf(''))).toBe('full')
  })

  it('append() goes on when onEvicted and onProblem throw', () => {
    const explode = (): never => {
      throw new Error('hostile')
    }
    const { spool } = openSpoolIn(temporaryFolder(), { maxBytes: 1000, onEvicted: explode, onProblem: explode })
    for (let i = 0; i < 20; i++) expect(spool.append(hundred(`${i}`))).toBe('stored')
    expect(spool.append(batchOf('', -1))).toBe('unavailable')
  })
})

describe('the bound', () => {
  it('holds for all files of a spool, whatever is appended and acknowledged', async () => {
    const dir = temporaryFolder()
    const { spool } = openSpoolIn(dir, { maxBytes: 5000 })
    for (let i = 0; i < 300; i++) {
      expect(spool.append(batchOf('x'.repeat((i * 37) % 500)))).toBe('stored')
      if (i % 4 === 0) (await spool.lease())?.acknowledge()
      expect(bytesOnDisk(dir)).toBeLessThanOrEqual(spool.stats().occupiedBytes)
      expect(spool.stats().occupiedBytes).toBeLessThanOrEqual(5000)
    }
  })

  it('holds for what others have left, with the acknowledgements that are still to come', async () => {
    const dir = temporaryFolder()
    const before = openSpoolIn(dir, { maxBytes: 100_000 }).spool
    for (let i = 0; i < 50; i++) before.append(hundred(`${i}`))
    for (let i = 0; i < 20; i++) (await before.lease())?.acknowledge()
    before.close()
    const { spool } = openSpoolIn(dir, { maxBytes: 100_000 })
    expect(spool.stats().occupiedBytes).toBe(5_000)
    for (let i = 0; i < 20; i++) (await spool.lease())?.acknowledge()
    expect(spool.stats().occupiedBytes).toBe(5_000)
    expect(bytesOnDisk(dir)).toBe(5_000 - 10 * 8)
  })

  it('holds for the segments of several owners, as far as they see each other', async () => {
    const dir = temporaryFolder()
    const owners = [openSpoolIn(dir, { maxBytes: 5000 }), openSpoolIn(dir, { maxBytes: 5000 })]
    for (let i = 0; i < 300; i++) {
      for (const { spool, clock } of i % 3 === 0 ? owners : owners.slice(1)) {
        // So that it looks what the other has.
        clock.advance(1000)
        spool.append(batchOf('x'.repeat((i * 37) % 500)))
        if (i % 4 === 0) (await spool.lease())?.acknowledge()
        const segments = filesEndingIn('.segment', dir).map((path) => statSync(path).size)
        expect(segments.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(5000)
      }
    }
  })

  it('append() counts what another process has, and does not delete it', async () => {
    const dir = temporaryFolder()
    const other = openSpoolIn(dir, { maxBytes: 1000 })
    for (let i = 0; i < 9; i++) other.spool.append(hundred(`theirs ${i}`))
    const { spool, clock } = openSpoolIn(dir, { maxBytes: 1000 })
    expect(spool.append(hundred('ours'))).toBe('stored')
    expect(spool.append(hundred('ours, newer'))).toBe('stored')
    expect(trimmed(await drain(spool))).toEqual(['ours, newer'])
    expect((await drain(other.spool)).length).toBe(9)
    clock.advance(1000)
    for (let i = 0; i < 10; i++) expect(spool.append(hundred(`${i}`))).toBe('stored')
    expect(spool.stats().own.evicted.batches).toBe(1)
  })

  it('segments are small enough for eviction to take about an eighth at a time', () => {
    const { spool, evictions } = openSpoolIn(temporaryFolder(), { maxBytes: 8 * 1024 * 1024 })
    const body = new Uint8Array(100_000)
    while (evictions.length === 0) expect(spool.append({ body, spanCount: 1 })).toBe('stored')
    expect(evictions[0]?.bytes).toBe(1_000_000)
  })
})
