import { mkdirSync, readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { HEADER_BYTES, MARKER_BYTES } from './record.js'
import type { SpoolStats } from './spool.js'
import { batchOf, drain, filesEndingIn, openSpoolIn, temporaryFolder } from './spool-in-folder.fixture.js'

const TEXTS = ['first', 'the second', '3', 'and the fourth']

describe('a damaged segment', () => {
  it('flipping any bit costs at most the record it is in, and never gives a wrong body', async () => {
    const { bytes, read, recordAt } = writtenSegment()
    for (let at = 0; at < bytes.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const flipped = Buffer.from(bytes)
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit)
        const { texts, stats } = await read(flipped)
        expect(texts, `bit ${bit} of byte ${at}`).toEqual(TEXTS.filter((_, record) => record !== recordAt(at)))
        expect(stats.corrupt).toMatchObject({ records: 1, bytes: expect.any(Number) })
      }
    }
  })

  it('cutting it off anywhere costs at most the record it is cut in', async () => {
    const { bytes, read, ends } = writtenSegment()
    for (let length = 0; length <= bytes.length; length++) {
      const { texts, stats } = await read(bytes.subarray(0, length))
      const whole = ends.filter((end) => end <= length)
      expect(texts, `${length} bytes`).toEqual(TEXTS.slice(0, whole.length))
      const rest = length - (whole.at(-1) ?? 0)
      expect(stats.corrupt).toMatchObject({ records: rest > 0 ? 1 : 0, bytes: rest })
    }
  })

  it('losing any run of bytes costs the records it is in, and no other', async () => {
    const { bytes, read, recordAt } = writtenSegment()
    for (let at = 0; at < bytes.length; at += 3) {
      for (let length = 1; at + length <= bytes.length; length += 7) {
        const { texts, stats } = await read(Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]))
        const intact = texts.reduce((sum, text) => sum + HEADER_BYTES + text.length, 0)
        expect(stats.corrupt.bytes, `${length} bytes at ${at}`).toBe(bytes.length - length - intact)
        const damaged = (record: number): boolean => record >= recordAt(at) && record <= recordAt(at + length - 1)
        // What was lost may be just what makes the rest a record again: they begin alike.
        const expected = TEXTS.filter((text, record) => !damaged(record) || texts.includes(text))
        expect(texts, `${length} bytes at ${at}`).toEqual(expected)
      }
    }
  })

  it('bytes that were put in anywhere cost at most the record they are in', async () => {
    const { bytes, read, recordAt, ends } = writtenSegment()
    for (let at = 0; at <= bytes.length; at++) {
      const { texts } = await read(Buffer.concat([bytes.subarray(0, at), Buffer.alloc(37, 0xa5), bytes.subarray(at)]))
      const isBetween = at === 0 || ends.includes(at)
      expect(texts, `at ${at}`).toEqual(TEXTS.filter((_, record) => isBetween || record !== recordAt(at)))
    }
  })

  it.each([
    ['is empty', () => Buffer.alloc(0), 0],
    ['holds zeros, as after a power failure', () => Buffer.alloc(300_000), 1],
    ['holds noise', () => Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * i * 31) >>> 3)), 1],
    ['holds nothing but markers', (marker: Buffer) => Buffer.alloc(300_000, marker), 1],
    ['ends inside a marker', (marker: Buffer) => marker.subarray(0, 5), 1],
  ])('one that %s is read to its end and deleted', async (_, make, records) => {
    const { marker, read } = writtenSegment()
    const { texts, stats, filesLeft } = await read(make(marker))
    expect(texts).toEqual([])
    expect(stats.corrupt.records).toBe(records)
    expect(filesLeft).toEqual([])
  })

  it('one with records behind a long stretch of zeros gives them', async () => {
    const { bytes, read } = writtenSegment()
    for (const gap of [65_535, 65_536 - HEADER_BYTES, 65_529, 65_533, 200_000]) {
      const { texts, stats } = await read(Buffer.concat([bytes, Buffer.alloc(gap), bytes]))
      expect(texts).toEqual([...TEXTS, ...TEXTS])
      expect(stats.corrupt).toMatchObject({ records: 1, bytes: gap })
    }
  })

  it('losing bytes of a record that is larger than what is read at a time costs that record alone', async () => {
    const dir = temporaryFolder()
    const { spool } = openSpoolIn(dir)
    const large = ['a', 'b', 'c'].map((letter) => letter.repeat(100_000))
    for (const text of large) spool.append(batchOf(text))
    spool.close()
    const [path = ''] = filesEndingIn('.segment', dir)
    const bytes = readFileSync(path)
    writeFileSync(path, Buffer.concat([bytes.subarray(0, 70_000), bytes.subarray(80_000)]))
    const { spool: next } = openSpoolIn(dir)
    expect(await drain(next)).toEqual(large.slice(1))
    expect(next.stats().corrupt).toEqual({ records: 1, spans: 1, bytes: HEADER_BYTES + 90_000 })
  })

  it('records of another segment are not read', async () => {
    const other = writtenSegment()
    const { read } = writtenSegment()
    const { texts, stats } = await read(other.bytes)
    expect(texts).toEqual([])
    expect(stats.corrupt).toEqual({ records: 1, spans: 0, bytes: other.bytes.length })
  })

  it('a body that holds a whole record is never read as one, whatever happens to the record around it', async () => {
    const forged = writtenSegment()
    const dir = temporaryFolder()
    const { spool } = openSpoolIn(dir)
    spool.append({ body: forged.bytes, spanCount: 1 })
    spool.append(batchOf('real'))
    spool.close()
    const [path = ''] = filesEndingIn('.segment', dir)
    const bytes = readFileSync(path)
    bytes[9] = 0xff
    writeFileSync(path, bytes)
    expect(await drain(openSpoolIn(dir).spool)).toEqual(['real'])
  })

  it('the spans of a record whose header can be read are counted', async () => {
    const { bytes, read } = writtenSegment()
    const { stats } = await read(bytes.with(bytes.length - 1, 0))
    expect(stats.corrupt).toEqual({ records: 1, spans: 40, bytes: HEADER_BYTES + 14 })
    const torn = await read(bytes.subarray(0, bytes.length - 1))
    expect(torn.stats.corrupt).toEqual({ records: 1, spans: 40, bytes: HEADER_BYTES + 13 })
  })

  it('is reported once, by name', async () => {
    const { bytes, read } = writtenSegment()
    const { problems } = await read(Buffer.concat([bytes.with(3, 0), bytes.with(3, 0)]))
    expect(problems).toEqual(['damaged'])
  })

  it('that this very process has written costs the damaged record alone', async () => {
    const dir = temporaryFolder()
    const { spool, problems } = openSpoolIn(dir)
    for (const text of TEXTS) spool.append(batchOf(text))
    const [path = ''] = filesEndingIn('.segment', dir)
    writeFileSync(path, readFileSync(path).with(HEADER_BYTES, 0))
    expect(await drain(spool)).toEqual(TEXTS.slice(1))
    expect(spool.stats().corrupt).toEqual({ records: 1, spans: 1, bytes: HEADER_BYTES + 5 })
    expect(problems.map(({ code }) => code)).toEqual(['damaged'])
  })

  it('that has nothing left but damage is deleted', async () => {
    const dir = temporaryFolder()
    const { spool } = openSpoolIn(dir)
    spool.append(batchOf('one'))
    const [path = ''] = filesEndingIn('.segment', dir)
    writeFileSync(path, readFileSync(path).subarray(0, 20))
    expect(await spool.lease()).toBeUndefined()
    expect(filesEndingIn('.segment', dir)).toEqual([])
  })

  it('that cannot be read just now keeps its place', async () => {
    const dir = temporaryFolder()
    const before = openSpoolIn(dir).spool
    before.append(batchOf('old'))
    before.close()
    const { spool, problems } = openSpoolIn(dir)
    expect(spool.append(batchOf('new'))).toBe('stored')
    const [path = ''] = filesEndingIn('.segment', dir).filter((name) => name.includes('000001-'))
    renameSync(path, `${path}.away`)
    mkdirSync(path)
    expect(await spool.lease()).toBeUndefined()
    rmdirSync(path)
    renameSync(`${path}.away`, path)
    expect(await drain(spool)).toEqual(['old', 'new'])
    expect(problems.map(({ code }) => code)).toEqual(['EISDIR'])
  })
})

describe('a damaged file of acknowledgements', () => {
  it('flipping any byte, or cutting it off anywhere, costs one batch that is sent again, never one that is not sent', async () => {
    const dir = temporaryFolder()
    const { spool } = openSpoolIn(dir)
    for (const text of TEXTS) spool.append(batchOf(text))
    for (let i = 0; i < 2; i++) (await spool.lease())?.acknowledge()
    spool.close()
    const [path = ''] = filesEndingIn('.acknowledged', dir)
    const bytes = readFileSync(path)
    expect(bytes.length).toBe(16)
    const reopened = async (acknowledged: Uint8Array): Promise<string[]> => {
      const [now = ''] = filesEndingIn('.acknowledged', dir)
      writeFileSync(now, acknowledged)
      const { spool: next } = openSpoolIn(dir)
      const texts: string[] = []
      for (let batch = await next.lease(); batch; batch = await next.lease())
        texts.push(Buffer.from(batch.body).toString())
      next.close()
      return texts
    }
    for (let at = 0; at < bytes.length; at++) {
      const flipped = bytes.with(at, (bytes[at] ?? 0) ^ 0x10)
      expect(await reopened(flipped)).toEqual(TEXTS.filter((_, record) => record >= 2 || record === Math.floor(at / 8)))
    }
    for (let length = 0; length <= bytes.length; length++) {
      expect(await reopened(bytes.subarray(0, length))).toEqual(TEXTS.slice(Math.floor(length / 8)))
    }
  })
})

describe('acknowledgements', () => {
  it('that follow one that was cut short are kept', async () => {
    const dir = temporaryFolder()
    const acknowledgeOne = async (): Promise<void> => {
      const { spool } = openSpoolIn(dir)
      ;(await spool.lease())?.acknowledge()
      spool.close()
    }
    const { spool } = openSpoolIn(dir)
    for (const text of TEXTS) spool.append(batchOf(text))
    spool.close()
    await acknowledgeOne()
    await acknowledgeOne()
    const [path = ''] = filesEndingIn('.acknowledged', dir)
    writeFileSync(path, readFileSync(path).subarray(0, 13))
    await acknowledgeOne()
    await acknowledgeOne()
    expect(await drain(openSpoolIn(dir).spool)).toEqual(TEXTS.slice(3))
  })

  it('of another segment mean nothing', async () => {
    const dir = temporaryFolder()
    const { spool } = openSpoolIn(dir)
    for (const text of TEXTS) spool.append(batchOf(text))
    ;(await spool.lease())?.acknowledge()
    const entry = readFileSync(filesEndingIn('.acknowledged', dir)[0] ?? '')
    const other = temporaryFolder()
    const before = openSpoolIn(other).spool
    for (const text of TEXTS) before.append(batchOf(text))
    before.close()
    writeFileSync((filesEndingIn('.segment', other)[0] ?? '').replace(/segment$/, 'acknowledged'), entry)
    expect(await drain(openSpoolIn(other).spool)).toEqual(TEXTS)
  })
})

interface WrittenSegment {
  readonly bytes: Buffer
  readonly marker: Buffer
  /** Where each record ends. */
  readonly ends: readonly number[]
  /** Which record a byte belongs to. */
  recordAt(at: number): number
  /** Lets a spool find these bytes in the segment's place. */
  read(bytes: Uint8Array): Promise<{
    readonly texts: string[]
    readonly stats: SpoolStats
    readonly problems: string[]
    readonly filesLeft: string[]
  }>
}

/** A segment as a spool writes it, with the batches of `TEXTS`: of 10, 20, 30 and 40 spans. */
function writtenSegment(): WrittenSegment {
  const dir = temporaryFolder()
  const { spool } = openSpoolIn(dir)
  for (const [i, text] of TEXTS.entries()) spool.append(batchOf(text, 10 * (i + 1)))
  spool.close()
  const [path = ''] = filesEndingIn('.segment', dir)
  const bytes = readFileSync(path)
  let end = 0
  const ends = TEXTS.map((text) => {
    end += HEADER_BYTES + text.length
    return end
  })
  return {
    bytes,
    marker: bytes.subarray(0, MARKER_BYTES),
    ends,
    recordAt: (at) => ends.findIndex((recordEnd) => at < recordEnd),
    async read(damaged) {
      // The log has been taken over by whoever read it last, and deleted when it was done.
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, damaged)
      const opened = openSpoolIn(dir)
      const texts = await drain(opened.spool)
      const stats = opened.spool.stats()
      opened.spool.close()
      return {
        texts,
        stats,
        problems: opened.problems.map(({ code }) => code),
        filesLeft: filesEndingIn('', dir).slice(1),
      }
    },
  }
}
