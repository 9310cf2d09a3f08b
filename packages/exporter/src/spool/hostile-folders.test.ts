import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BEAT_MILLIS } from './liveness.js'
import {
  batchOf,
  drain,
  filesEndingIn,
  killOwnersIn,
  leaseAll,
  openSpoolIn,
  temporaryFolder,
  textOf,
} from './spool-in-folder.fixture.js'

const isRoot = process.geteuid?.() === 0
const isPosix = process.platform !== 'win32'
const codesOf = (problems: readonly { readonly code: string }[]): string[] => problems.map(({ code }) => code)

/** The folder for the one destination that spools in tests have. */
const destinationIn = (dir: string): string => join(dir, readdirSync(dir)[0] ?? '')

describe('a folder that cannot be used', () => {
  it.each([
    ['below a file', (dir: string) => join(dir, 'file', 'spool'), 'ENOTDIR'],
    ['with a name that cannot be', (dir: string) => join(dir, 'nul\0'), 'ERR_INVALID_ARG_VALUE'],
    ['with a name that is too long', (dir: string) => join(dir, 'x'.repeat(300)), 'ENAMETOOLONG'],
    ['that is a file', (dir: string) => join(dir, 'file'), 'ENOTDIR'],
    ['that points nowhere', (dir: string) => join(dir, 'dangling'), 'EEXIST'],
  ])('%s makes every append() unavailable, and is one problem', async (_, place, code) => {
    const dir = temporaryFolder()
    writeFileSync(join(dir, 'file'), '')
    symlinkSync(join(dir, 'nowhere', 'at', 'all'), join(dir, 'dangling'))
    const { spool, problems, clock } = openSpoolIn(place(dir))
    for (let i = 0; i < 3; i++) {
      expect(spool.append(batchOf('none'))).toBe('unavailable')
      clock.advance(BEAT_MILLIS)
      expect(await spool.lease()).toBeUndefined()
    }
    expect(codesOf(problems)).toEqual([code])
    expect(problems[0]?.message).toContain('cannot')
    expect(spool.stats().errors[code]).toBeGreaterThan(3)
    spool.close()
  })

  it('is used as soon as it can be', async () => {
    const dir = temporaryFolder()
    const file = join(dir, 'in the way')
    writeFileSync(file, '')
    const { spool } = openSpoolIn(join(file, 'spool'))
    expect(spool.append(batchOf('none'))).toBe('unavailable')
    rmSync(file)
    expect(spool.append(batchOf('one'))).toBe('stored')
    expect(await drain(spool)).toEqual(['one'])
  })

  it.runIf(isRoot)(
    '(needs root) is one that belongs to another user: nothing is sent that is found there',
    async () => {
      const dir = temporaryFolder()
      const before = openSpoolIn(dir).spool
      before.append(batchOf('planted'))
      before.close()
      chownSync(destinationIn(dir), 12_345, 12_345)
      const { spool, problems } = openSpoolIn(dir)
      expect(await spool.lease()).toBeUndefined()
      expect(spool.append(batchOf('secret'))).toBe('unavailable')
      expect(codesOf(problems)).toEqual(['foreign_folder'])
      expect(readdirSync(destinationIn(dir)).filter((name) => name.endsWith('.probe'))).toEqual([])
    },
  )

  it.runIf(isPosix)('is one that is really a link to another', async () => {
    const dir = temporaryFolder()
    openSpoolIn(dir).spool.close()
    const destination = destinationIn(dir)
    renameSync(destination, join(dir, 'elsewhere'))
    symlinkSync(join(dir, 'elsewhere'), destination)
    const { spool, problems } = openSpoolIn(dir)
    expect(spool.append(batchOf('none'))).toBe('unavailable')
    expect(codesOf(problems)).toEqual(['not_a_folder'])
  })
})

describe('a folder that others may enter', () => {
  it.runIf(isPosix)('is closed to them below the one that was configured', () => {
    const dir = temporaryFolder()
    openSpoolIn(dir).spool.close()
    chmodSync(destinationIn(dir), 0o777)
    const { spool, problems } = openSpoolIn(dir)
    expect(spool.append(batchOf('one'))).toBe('stored')
    expect(statSync(destinationIn(dir)).mode & 0o777).toBe(0o700)
    expect(problems).toEqual([])
  })

  it.runIf(isPosix).each([
    [0o777, ['open_folder']],
    [0o720, ['open_folder']],
    [0o1777, []],
    [0o755, []],
  ])('and write with mode %o is left as it is, used, and reported if they could move ours away', (mode, codes) => {
    const dir = temporaryFolder()
    chmodSync(dir, mode)
    const { spool, problems } = openSpoolIn(dir)
    expect(spool.append(batchOf('one'))).toBe('stored')
    expect(statSync(dir).mode & 0o7777).toBe(mode)
    expect(codesOf(problems)).toEqual(codes)
  })
})

describe('a folder that is deleted while it is used', () => {
  it.each([
    ['all of it', (dir: string) => dir],
    ['the destination', destinationIn],
    ['the log', (dir: string) => dirname(filesEndingIn('.segment', dir)[0] ?? '')],
    ['the segment', (dir: string) => filesEndingIn('.segment', dir)[0] ?? ''],
  ])('costs what was in %s, and nothing that is appended later', async (_, which) => {
    const dir = join(temporaryFolder(), 'spool')
    const { spool, problems } = openSpoolIn(dir)
    for (const text of ['leased', 'lost', 'lost too']) spool.append(batchOf(text, 10))
    const leased = await spool.lease()
    rmSync(which(dir), { recursive: true })
    expect(spool.append(batchOf('later'))).toBe('stored')
    expect(spool.stats().own.vanished).toMatchObject({ batches: 2, spans: 20 })
    leased?.acknowledge()
    spool.close()
    expect(codesOf(problems)).toEqual(['vanished'])
    const next = openSpoolIn(dir)
    expect(await drain(next.spool)).toEqual(['later'])
    expect(next.spool.stats().corrupt.records).toBe(0)
  })

  it('is noticed when something is leased, and counted once', async () => {
    const dir = temporaryFolder()
    const { spool, problems, clock } = openSpoolIn(dir)
    for (let i = 0; i < 5; i++) spool.append(batchOf(`${i}`))
    const leased = await spool.lease()
    rmSync(destinationIn(dir), { recursive: true })
    expect(await spool.lease()).toBeUndefined()
    leased?.release()
    clock.advance(BEAT_MILLIS)
    expect(await spool.lease()).toBeUndefined()
    expect(spool.stats().own).toMatchObject({
      waiting: { batches: 0 },
      leased: { batches: 0 },
      vanished: { batches: 5 },
    })
    expect(codesOf(problems)).toEqual(['vanished'])
  })

  it('is noticed also where a file stands in its place', () => {
    const dir = join(temporaryFolder(), 'spool')
    const { spool } = openSpoolIn(dir)
    for (const text of ['one', 'two']) spool.append(batchOf(text, 10))
    rmSync(dir, { recursive: true })
    writeFileSync(dir, 'a file')
    expect(spool.append(batchOf('later'))).not.toBe('stored')
    expect(spool.stats().own).toMatchObject({ waiting: { batches: 0 }, vanished: { batches: 2, spans: 20 } })
  })

  it('is noticed when nothing is done with it', () => {
    const dir = temporaryFolder()
    const { spool, problems, clock } = openSpoolIn(dir)
    spool.append(batchOf('one'))
    rmSync(destinationIn(dir), { recursive: true })
    clock.advance(BEAT_MILLIS)
    expect(codesOf(problems)).toEqual(['vanished'])
    expect(spool.stats().own.vanished.batches).toBe(1)
  })

  it("a file of acknowledgements that is gone costs a batch that is sent again, and the owner's file nothing", async () => {
    const dir = temporaryFolder()
    const { spool, clock } = openSpoolIn(dir)
    for (const text of ['one', 'two', 'three']) spool.append(batchOf(text))
    ;(await spool.lease())?.acknowledge()
    rmSync(filesEndingIn('.acknowledged', dir)[0] ?? '')
    ;(await spool.lease())?.acknowledge()
    rmSync(filesEndingIn('.owner', dir)[0] ?? '')
    clock.advance(BEAT_MILLIS)
    expect(filesEndingIn('.owner', dir).length).toBe(1)
    spool.close()
    expect(await drain(openSpoolIn(dir).spool)).toEqual(['one', 'three'])
  })
})

describe('a file that cannot be deleted', () => {
  it.each(['later', 'by the next process'])(
    'is deleted %s, and what was delivered of it is not delivered again',
    async (when) => {
      const dir = temporaryFolder()
      const opened = openSpoolIn(dir)
      for (const text of ['one', 'two']) opened.spool.append(batchOf(text))
      const leased = await leaseAll(opened.spool)
      const [path = ''] = filesEndingIn('.segment', dir)
      renameSync(path, `${path}.away`)
      mkdirSync(path)
      for (const batch of leased) batch.acknowledge()
      expect(opened.problems).toHaveLength(1)
      rmdirSync(path)
      renameSync(`${path}.away`, path)
      if (when !== 'later') killOwnersIn(dir)
      const { spool, clock } = when === 'later' ? opened : openSpoolIn(dir)
      expect(await drain(spool)).toEqual([])
      clock.advance(BEAT_MILLIS)
      expect(filesEndingIn('.segment', dir)).toEqual([])
    },
  )
})

describe('a log that another process took over, though this one lives', () => {
  /** What a process does that has been told that this one is dead. */
  function takeOver(dir: string): ReturnType<typeof openSpoolIn> {
    rmSync(filesEndingIn('.owner', dir)[0] ?? '')
    return openSpoolIn(dir)
  }

  it('loses nothing that is appended later, and is not counted as lost', async () => {
    const dir = temporaryFolder()
    const { spool, problems } = openSpoolIn(dir)
    for (const text of ['one', 'two']) spool.append(batchOf(text))
    const thief = takeOver(dir)
    expect(spool.append(batchOf('three'))).toBe('stored')
    expect(await drain(thief.spool)).toEqual(['one', 'two'])
    expect(spool.append(batchOf('four'))).toBe('stored')
    expect(await drain(spool)).toEqual(['three', 'four'])
    expect(await drain(thief.spool)).toEqual([])
    expect(spool.stats().own).toMatchObject({ waiting: { batches: 0 }, vanished: { batches: 0 } })
    expect(codesOf(problems)).toEqual(['taken_over'])
  })

  it('is let go of as soon as that is noticed', async () => {
    const dir = temporaryFolder()
    const { spool, problems, clock } = openSpoolIn(dir)
    for (const text of ['one', 'two', 'three']) spool.append(batchOf(text))
    const leased = await spool.lease()
    const thief = takeOver(dir)
    clock.advance(BEAT_MILLIS)
    leased?.release()
    expect(spool.stats().own).toMatchObject({ waiting: { batches: 0 }, vanished: { batches: 0 } })
    expect(await spool.lease()).toBeUndefined()
    expect(codesOf(problems)).toEqual(['taken_over'])
    expect(await drain(thief.spool)).toEqual(['one', 'two', 'three'])
  })
})

describe('what else lies in the folder', () => {
  it('is left alone', async () => {
    const dir = temporaryFolder()
    const { spool } = openSpoolIn(dir)
    spool.append(batchOf('one'))
    const log = dirname(filesEndingIn('.segment', dir)[0] ?? '')
    const names = [
      'notes.txt',
      '000000000000001-zz.segment',
      '1-0123456789abcdef.segment',
      '.owner',
      'x.0123456789abcdef.log',
    ]
    const paths = [dir, dirname(log), log].flatMap((folder) => names.map((name) => join(folder, name)))
    for (const path of paths) writeFileSync(path, 'not ours')
    mkdirSync(join(log, 'a folder'))
    mkdirSync(join(dirname(log), 'another'))
    spool.close()
    const next = openSpoolIn(dir)
    expect(await drain(next.spool)).toEqual(['one'])
    next.clock.advance(BEAT_MILLIS)
    next.spool.close()
    expect(next.problems).toEqual([])
    const left = filesEndingIn('', dir).map((path) => basename(path))
    for (const path of paths) expect(left).toContain(basename(path))
    expect(left.filter((name) => name.startsWith('notes'))).toHaveLength(3)
  })

  it('acknowledgements of a segment that is gone, and owners that have nothing, are cleared away', async () => {
    const dir = temporaryFolder()
    const before = openSpoolIn(dir).spool
    for (const text of ['one', 'two']) before.append(batchOf(text))
    ;(await before.lease())?.acknowledge()
    before.close()
    rmSync(filesEndingIn('.segment', dir)[0] ?? '')
    const dead = { identity: { pid: 2 ** 30, host: 'elsewhere' }, beatMillis: 1 }
    const path = join(destinationIn(dir), '0123456789abcdef.owner')
    writeFileSync(path, JSON.stringify(dead))
    const { spool } = openSpoolIn(dir)
    expect(await leaseAll(spool).then((batches) => batches.map(textOf))).toEqual([])
    expect(filesEndingIn('.acknowledged', dir)).toEqual([])
    expect(existsSync(path)).toBe(true)
  })
})
