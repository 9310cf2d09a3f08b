import { dirname } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drain, filesEndingIn, openSpoolIn, temporaryFolder } from './spool-in-folder.fixture.js'
import type { FsyncPolicy } from './spool-options.js'
import { compileSpool, type SpoolPrograms } from './spool-programs.fixture.js'

let programs: SpoolPrograms
beforeAll(() => {
  programs = compileSpool()
})
afterAll(() => programs.close())

/** Appends for ever, and says so each time. */
const appendForEver = (name: string, fsync: FsyncPolicy = 'none', bytes = 20_000): string => `
  const spool = open({ fsync: '${fsync}', maxBytes: 1e9 })
  for (let i = 0; ; i++) {
    const text = '${name} ' + i
    if (spool.append(batchOf(text.padEnd(${bytes}))) === 'stored') print(text)
  }`

const namesOf = (texts: readonly string[]): string[] => texts.map((text) => text.trim())

describe('a process that is killed with SIGKILL', () => {
  it.each<FsyncPolicy>(['none', 'batch', 'always'])('loses nothing that was stored, with fsync: %j', async (fsync) => {
    const dir = temporaryFolder()
    for (const [run, lines] of [3, 40, 97].entries()) {
      const program = programs.start(dir, appendForEver(`run ${run} batch`, fsync))
      await program.printed(lines)
      program.kill()
      const { lines: stored, signal } = await program.over
      expect(signal).toBe('SIGKILL')
      expect(stored.length).toBeGreaterThanOrEqual(lines)
      const found = namesOf(await drain(openSpoolIn(dir, { maxBytes: 1e9 }).spool))
      // The last may have been stored, and the process killed before it could say so.
      expect([stored, [...stored, `run ${run} batch ${stored.length}`]]).toContainEqual(found)
    }
  })

  it('between two acknowledgements has none of what it acknowledged sent again', async () => {
    const dir = temporaryFolder()
    const { spool } = openSpoolIn(dir)
    for (let i = 0; i < 2_000; i++) spool.append({ body: Buffer.from(`${i}`), spanCount: 1 })
    spool.close()
    const deliver = `
      const spool = open()
      for (let batch = await spool.lease(); batch; batch = await spool.lease()) {
        const text = Buffer.from(batch.body).toString()
        print(text)
        batch.acknowledge()
      }`
    const delivered: string[] = []
    for (let run = 0; run < 5; run++) {
      const program = programs.start(dir, deliver)
      await program.printed(20)
      program.kill()
      const { lines } = await program.over
      delivered.push(...lines)
    }
    delivered.push(...(await drain(openSpoolIn(dir).spool)))
    expect(new Set(delivered).size).toBe(2_000)
    // Each time at most the one batch that was between the answer and the acknowledgement.
    expect(delivered.length).toBeLessThanOrEqual(2_005)
  })

  it('leaves its batches to a process that was there before', async () => {
    const dir = temporaryFolder()
    const { spool, clock } = openSpoolIn(dir)
    expect(await spool.lease()).toBeUndefined()
    const program = programs.start(dir, appendForEver('batch'))
    await program.printed(10)
    clock.advance(60_000)
    expect(await spool.lease()).toBeUndefined()
    program.kill()
    const { lines } = await program.over
    clock.advance(1_000)
    expect(namesOf(await drain(spool)).slice(0, lines.length)).toEqual(lines)
  })
})

describe('several processes on one folder', () => {
  it('lease each batch exactly once while all of them append', async () => {
    const dir = temporaryFolder()
    const workers = ['a', 'b', 'c', 'd'].map((name) =>
      programs.start(
        dir,
        `
        const spool = open()
        let appended = 0
        for (;;) {
          for (let i = 0; i < 3 && appended < 100; i++) spool.append(batchOf('${name} ' + appended++))
          const batch = await spool.lease()
          if (!batch) break
          print(Buffer.from(batch.body).toString())
          batch.acknowledge()
        }
        spool.close()`,
      ),
    )
    const ended = await Promise.all(workers.map(({ over }) => over))
    expect(ended.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual(Array(4).fill([0, '']))
    const leased = ended.flatMap(({ lines }) => lines)
    expect(leased.length).toBe(400)
    expect(new Set(leased).size).toBe(400)
    expect(await drain(openSpoolIn(dir).spool)).toEqual([])
  })

  it('take over what many dead ones have left, each batch by exactly one', async () => {
    const dir = temporaryFolder()
    const stored: string[] = []
    const dying = Array.from({ length: 6 }, (_, i) =>
      programs.start(dir, appendForEver(`dead ${i} batch`, 'none', 1_000)),
    )
    for (const program of dying) {
      await program.printed(30)
      program.kill()
      stored.push(...(await program.over).lines)
    }
    const heirs = Array.from({ length: 4 }, () =>
      programs.start(
        dir,
        `
        const spool = open()
        for (let batch = await spool.lease(); batch; batch = await spool.lease()) {
          print(Buffer.from(batch.body).toString().trim())
          batch.acknowledge()
        }
        spool.close()`,
      ),
    )
    const leased = (await Promise.all(heirs.map(({ over }) => over))).flatMap(({ lines }) => lines)
    expect(new Set(leased).size).toBe(leased.length)
    expect(stored.filter((text) => !leased.includes(text))).toEqual([])
    const { spool } = openSpoolIn(dir)
    expect(await spool.lease()).toBeUndefined()
    spool.close()
    expect(filesEndingIn('', dir).map((path) => dirname(path))).toEqual([dir])
  })

  it('of different destinations never meet', async () => {
    const dir = temporaryFolder()
    const one = openSpoolIn(dir, { destination: 'https://example.test pk-1' }).spool
    one.append({ body: Buffer.from('for one'), spanCount: 1 })
    one.close()
    expect(await drain(openSpoolIn(dir, { destination: 'https://example.test pk-2' }).spool)).toEqual([])
    expect(await drain(openSpoolIn(dir, { destination: 'https://example.test pk-1' }).spool)).toEqual(['for one'])
    expect(filesEndingIn('', dir).join()).not.toContain('pk-')
  })

  it('begin behind what living ones have written', async () => {
    const dir = temporaryFolder()
    const small = { maxBytes: 1_000 }
    const [one, other] = [openSpoolIn(dir, small).spool, openSpoolIn(dir, small)]
    // A segment each.
    for (let i = 0; i < 5; i++) one.append({ body: Buffer.from(`${i}`.padEnd(100)), spanCount: 1 })
    other.clock.advance(1_000)
    other.spool.append({ body: Buffer.from('5'), spanCount: 1 })
    one.close()
    other.spool.close()
    expect(namesOf(await drain(openSpoolIn(dir, small).spool))).toEqual(['0', '1', '2', '3', '4', '5'])
  })

  it('are given what was written first first, whoever wrote it', async () => {
    const dir = temporaryFolder()
    for (const text of ['one', 'two', 'three']) {
      const { spool } = openSpoolIn(dir)
      spool.append({ body: Buffer.from(text), spanCount: 1 })
      spool.close()
    }
    expect(await drain(openSpoolIn(dir).spool)).toEqual(['one', 'two', 'three'])
  })
})
