import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeAtomically } from './write-atomically.js'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(realpathSync(tmpdir()), 'axion-write-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

/** Mode bits as `chmod` writes them. */
const modeOf = (path: string): string => (statSync(path).mode & 0o7777).toString(8)

// Windows has neither these modes nor named pipes, and links only for those who may make them.
describe.skipIf(process.platform === 'win32')('writeAtomically()', () => {
  it.each(['600', '640', '444', '666'])('writeAtomically() keeps the mode %s of a file that exists', async (mode) => {
    const path = join(directory, 'set.jsonl')
    writeFileSync(path, 'former')
    chmodSync(path, Number.parseInt(mode, 8))
    await writeAtomically(path, ['new'])
    expect(readFileSync(path, 'utf8')).toBe('new')
    expect(modeOf(path)).toBe(mode)
  })

  it('writeAtomically() does not hand on set-user-id', async () => {
    const path = join(directory, 'set.jsonl')
    writeFileSync(path, 'former')
    chmodSync(path, 0o4755)
    await writeAtomically(path, ['new'])
    expect(modeOf(path)).toBe('755')
  })

  it('writeAtomically() gives a new file the mode that the umask leaves', async () => {
    const path = join(directory, 'set.jsonl')
    await writeAtomically(path, ['new'])
    writeFileSync(join(directory, 'by-node'), '')
    expect(modeOf(path)).toBe(modeOf(join(directory, 'by-node')))
  })

  it.runIf(process.getuid?.() === 0)('writeAtomically() keeps the owner, if it may', async () => {
    const path = join(directory, 'set.jsonl')
    writeFileSync(path, 'former')
    chownSync(path, 1234, 5678)
    chmodSync(path, 0o600)
    await writeAtomically(path, ['new'])
    expect(statSync(path)).toMatchObject({ uid: 1234, gid: 5678 })
    expect(modeOf(path)).toBe('600')
  })

  it('writeAtomically() writes where a link points to, through links of directories too', async () => {
    mkdirSync(join(directory, 'data/deep'), { recursive: true })
    writeFileSync(join(directory, 'data/set.jsonl'), 'former')
    chmodSync(join(directory, 'data/set.jsonl'), 0o600)
    // Seen from `short`, `..` is `data`: a link is relative to where it really lies.
    symlinkSync('data/deep', join(directory, 'short'))
    symlinkSync('../set.jsonl', join(directory, 'data/deep/latest'))
    const path = join(directory, 'short/latest')
    expect(await writeAtomically(path, ['new'])).toBe(path)
    expect(readlinkSync(path)).toBe('../set.jsonl')
    expect(readFileSync(join(directory, 'data/set.jsonl'), 'utf8')).toBe('new')
    expect(modeOf(join(directory, 'data/set.jsonl'))).toBe('600')
    expect(readdirSync(join(directory, 'data')).sort()).toEqual(['deep', 'set.jsonl'])
    expect(readdirSync(join(directory, 'data/deep'))).toEqual(['latest'])
  })

  it('writeAtomically() makes the file that a link to nothing names', async () => {
    mkdirSync(join(directory, 'data/deep'), { recursive: true })
    symlinkSync('data/deep', join(directory, 'short'))
    symlinkSync('second', join(directory, 'data/deep/first'))
    symlinkSync('../set.jsonl', join(directory, 'data/deep/second'))
    await writeAtomically(join(directory, 'short/first'), ['new'])
    expect(readlinkSync(join(directory, 'data/deep/first'))).toBe('second')
    expect(readlinkSync(join(directory, 'data/deep/second'))).toBe('../set.jsonl')
    expect(readFileSync(join(directory, 'data/set.jsonl'), 'utf8')).toBe('new')
  })

  it('writeAtomically() refuses links in a circle, and leaves them', async () => {
    symlinkSync('b', join(directory, 'a'))
    symlinkSync('a', join(directory, 'b'))
    await expect(writeAtomically(join(directory, 'a'), ['new'])).rejects.toMatchObject({
      code: 'write_failed',
      message: expect.stringContaining('a: ELOOP: '),
    })
    expect(readdirSync(directory).sort()).toEqual(['a', 'b'])
  })

  it.each(['pipe', 'link'])(
    'writeAtomically() writes into a named pipe, given as a %s, and leaves it one',
    async (name) => {
      const pipe = join(directory, 'pipe')
      execFileSync('mkfifo', [pipe])
      symlinkSync('pipe', join(directory, 'link'))
      // A process of its own: if nothing is ever written, this one can be ended, while a read in a thread of ours could not.
      const reader = spawn('cat', [pipe], { stdio: ['ignore', 'pipe', 'inherit'] })
      try {
        const path = join(directory, name)
        // More than a pipe holds, so that writing has to wait for the reader.
        expect(await writeAtomically(path, ['a'.repeat(300_000), '', 'ä'])).toBe(path)
        expect(lstatSync(pipe).isFIFO()).toBe(true)
        expect(readdirSync(directory).sort()).toEqual(['link', 'pipe'])
        expect(await text(reader.stdout)).toBe(`${'a'.repeat(300_000)}ä`)
      } finally {
        reader.kill('SIGKILL')
      }
    },
  )

  it('writeAtomically() sends nothing into a pipe when a piece cannot be made', async () => {
    const pipe = join(directory, 'pipe')
    execFileSync('mkfifo', [pipe])
    const problem = new Error('no JSON')
    const pieces = function* (): Generator<string> {
      yield 'a'.repeat(300_000)
      throw problem
    }
    // Nobody reads: had it been opened, this would wait for ever.
    await expect(writeAtomically(pipe, pieces())).rejects.toBe(problem)
    expect(lstatSync(pipe).isFIFO()).toBe(true)
  })

  it.runIf(process.platform === 'linux')('writeAtomically() fails where no directory can be made', async () => {
    await expect(writeAtomically('/proc/axion/deep/set.jsonl', ['new'])).rejects.toMatchObject({
      code: 'write_failed',
      path: '/proc/axion/deep/set.jsonl',
      message: expect.stringContaining('ENOENT'),
    })
  })
})
