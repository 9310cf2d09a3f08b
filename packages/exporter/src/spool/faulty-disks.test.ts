import { execFileSync } from 'node:child_process'
import { existsSync, rmSync, symlinkSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drain, filesEndingIn, openSpoolIn, temporaryFolder } from './spool-in-folder.fixture.js'
import { compileSpool, type SpoolPrograms } from './spool-programs.fixture.js'

let programs: SpoolPrograms
beforeAll(() => {
  programs = compileSpool()
})
afterAll(() => programs.close())

/** Starts a program in a mount namespace of its own: as root, or as a user who may make namespaces. */
const IN_NAMESPACE = ['unshare', '-rm']
const canMount = succeeds([...IN_NAMESPACE, 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'])
const canMakePidNamespaces = succeeds(['unshare', '-rpf', '--mount-proc', 'true'])
const hasShell = process.platform !== 'win32'

/** A shell command that sets something up before the program. */
const after = (command: string): string[] => ['sh', '-c', `${command} && exec "$@"`, 'sh']

function succeeds([command = '', ...args]: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe('a disk that is full', () => {
  const fillAndDrain = `
    const spool = open({ maxBytes: 1e9 })
    const answers = []
    for (let round = 0; round < 3; round++) {
      let stored = 0
      while (spool.append(batchOf(('round ' + round + ' batch ' + stored).padEnd(30000))) === 'stored') stored++
      answers.push(stored)
      print('errors ' + Object.keys(spool.stats().errors))
      // A smaller one may still fit, and nothing of those that did not is in its way.
      if (spool.append(batchOf('small')) === 'stored') stored++
      let delivered = 0
      for (let batch = await spool.lease(); batch; batch = await spool.lease(), delivered++) batch.acknowledge()
      print(delivered === stored ? 'all' : delivered + ' of ' + stored)
      print('corrupt ' + spool.stats().corrupt.records)
    }
    print(answers[0] > 5 && answers.every((stored) => stored === answers[0]) ? 'recovers' : answers.join())`
  const expected = (code: string): string[] => [
    `problem ${code}`,
    ...Array(3)
      .fill([`errors ${code}`, 'all', 'corrupt 0'])
      .flat(),
    'recovers',
  ]

  it.runIf(canMount)(
    '(needs the right to mount) makes append() unavailable, and harms nothing, and passes',
    async () => {
      const dir = temporaryFolder()
      const tmpfs = [...IN_NAMESPACE, ...after(`mount -t tmpfs -o size=1m tmpfs ${dir}`)]
      const { lines, stderr } = await programs.start(dir, fillAndDrain, tmpfs).over
      expect(stderr).toBe('')
      expect(lines).toEqual(expected('ENOSPC'))
    },
  )

  it.runIf(canMount)('(needs the right to mount) takes acknowledgements later, and none is lost', async () => {
    const dir = temporaryFolder()
    const program = `
      import { readdirSync, rmSync, writeFileSync } from 'node:fs'
      const manual = { monotonicMillis: () => now, every: (_, act) => { beat = act; return () => {} } }
      let now = 1e6, beat
      const spool = open({ clock: manual, maxBytes: 1e9 })
      for (let i = 0; i < 5; i++) spool.append(batchOf('batch ' + i))
      try { writeFileSync(DIR + '/ballast', Buffer.alloc(2e6)) } catch {}
      for (let i = 0; i < 3; i++) (await spool.lease()).acknowledge()
      rmSync(DIR + '/ballast')
      now += 5000
      beat()
      // As a crash would leave it.
      for (const name of readdirSync(DIR, { recursive: true })) if (name.endsWith('.owner')) rmSync(DIR + '/' + name)
      const next = open()
      for (let batch = await next.lease(); batch; batch = await next.lease()) print(Buffer.from(batch.body).toString())`
    const tmpfs = [...IN_NAMESPACE, ...after(`mount -t tmpfs -o size=100k tmpfs ${dir}`)]
    const { lines, stderr } = await programs.start(dir, program, tmpfs).over
    expect(stderr).toBe('')
    expect(lines).toEqual(['problem ENOSPC', 'batch 3', 'batch 4'])
  })

  it.runIf(hasShell)('of which a file may only have so much takes into the next file what fits', async () => {
    const dir = temporaryFolder()
    // In blocks of 512 bytes.
    const limited = after('ulimit -f 100')
    const program = `
      const spool = open()
      for (const [letter, size] of [['x', 30000], ['y', 30000], ['z', 30000], ['-', 60000]]) {
        print(spool.append(batchOf(letter.repeat(size))))
      }`
    const { lines, exitCode } = await programs.start(dir, program, limited).over
    expect([exitCode, ...lines]).toEqual([0, 'stored', 'problem EFBIG', 'unavailable', 'stored', 'unavailable'])
    const { spool } = openSpoolIn(dir)
    expect((await drain(spool)).map((text) => text[0])).toEqual(['x', 'z'])
    expect(spool.stats().corrupt.records).toBe(0)
  })
})

describe('a disk that cannot be read any more', () => {
  it.runIf(existsSync('/proc/self/mem'))(
    'costs what lies on it, and does not stand in the way of the rest',
    async () => {
      const dir = temporaryFolder()
      // A segment each.
      const { spool, problems } = openSpoolIn(dir, { maxBytes: 1000 })
      for (const text of ['bad', 'good']) spool.append({ body: Buffer.from(text.padEnd(100)), spanCount: 3 })
      const [path = ''] = filesEndingIn('.segment', dir)
      rmSync(path)
      // What is read of its beginning fails with EIO.
      symlinkSync('/proc/self/mem', path)
      expect((await drain(spool)).map((text) => text.trim())).toEqual(['good'])
      expect(problems.map(({ code }) => code)).toEqual(['EIO', 'damaged'])
      expect(spool.stats()).toMatchObject({ corrupt: { records: 1, spans: 3 }, errors: { EIO: 1 } })
    },
  )
})

describe('a disk that cannot be written', () => {
  it.runIf(canMount)('(needs the right to mount) makes append() unavailable until it can', async () => {
    const dir = temporaryFolder()
    const program = `
      import { execFileSync } from 'node:child_process'
      const spool = open()
      for (let i = 0; i < 3; i++) print(spool.append(batchOf('early ' + i)))
      execFileSync('mount', ['-o', 'remount,rw', DIR])
      print(spool.append(batchOf('stored')))
      // While a file is open for writing, the disk cannot be made read-only.
      const batch = await spool.lease()
      batch.acknowledge()
      execFileSync('mount', ['-o', 'remount,ro', DIR])
      print(spool.append(batchOf('late')))`
    const readOnly = [...IN_NAMESPACE, ...after(`mount -t tmpfs -o ro tmpfs ${dir}`)]
    const { lines, stderr } = await programs.start(dir, program, readOnly).over
    expect(stderr).toBe('')
    expect(lines).toEqual(['problem EROFS', ...Array(3).fill('unavailable'), 'stored', 'unavailable'])
  })
})

describe('too many open files', () => {
  it.runIf(hasShell)('make append() unavailable and lease() empty until some are closed', async () => {
    const dir = temporaryFolder()
    const program = `
      import { closeSync, openSync } from 'node:fs'
      const spool = open()
      const files = []
      try { for (;;) files.push(openSync('/dev/null')) } catch (error) { print(error.code) }
      print(spool.append(batchOf('none')))
      closeSync(files.pop())
      print(spool.append(batchOf('first')))
      // The segment is open already.
      print(spool.append(batchOf('second')))
      print(await spool.lease() ?? 'nothing')
      for (const file of files) closeSync(file)
      for (let batch = await spool.lease(); batch; batch = await spool.lease()) print(Buffer.from(batch.body).toString())`
    const { lines, stderr } = await programs.start(dir, program, after('ulimit -n 64')).over
    expect(stderr).toBe('')
    expect(lines).toEqual([
      ...['EMFILE', 'problem EMFILE', 'unavailable', 'stored', 'stored', 'nothing'],
      ...['first', 'second'],
    ])
  })
})

describe('a hostile umask', () => {
  it.runIf(hasShell).each(['0000', '0777'])('of %s leaves folders and files to their user alone', async (umask) => {
    const dir = temporaryFolder()
    const program = `
      import { readdirSync, statSync } from 'node:fs'
      const spool = open({ dir: DIR + '/new', maxBytes: 1e6 })
      for (const text of ['one', 'two']) spool.append(batchOf(text))
      ;(await spool.lease()).acknowledge()
      for (const name of readdirSync(DIR, { recursive: true })) {
        const { mode } = statSync(DIR + '/' + name)
        print(name
          .replace(/.*[./]/, '').replace(/[0-9a-f]{32}/, 'destination') + ' ' + (mode & 0o777).toString(8))
      }`
    const { lines } = await programs.start(dir, program, after(`umask ${umask}`)).over
    expect(lines.toSorted()).toEqual(
      ['acknowledged 600', 'destination 700', 'log 700', 'new 700', 'owner 600', 'segment 600'].toSorted(),
    )
  })
})

describe('containers that share a volume', () => {
  it.runIf(canMakePidNamespaces)(
    '(needs the right to make namespaces) leave each other alone until one is silent for long',
    async () => {
      const dir = temporaryFolder()
      const container = ['unshare', '-rpf', '--kill-child', '--mount-proc']
      const program = programs.start(
        dir,
        `
        const spool = open()
        spool.append(batchOf('from the container'))
        print(String(process.pid))
        setInterval(() => {}, 1000)`,
        container,
      )
      expect(await program.printed(1)).toEqual(['1'])
      // The clock that the container beats by: the machine's.
      let nowMillis = Number(process.hrtime.bigint() / 1_000_000n)
      const clock = { monotonicMillis: () => nowMillis, every: () => () => undefined }
      const { spool } = openSpoolIn(dir, { clock })
      expect(await spool.lease()).toBeUndefined()
      program.kill()
      await program.over
      nowMillis += 20_000
      expect(await spool.lease()).toBeUndefined()
      nowMillis += 20_000
      expect(await drain(spool)).toEqual(['from the container'])
    },
  )
})
