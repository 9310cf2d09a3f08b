import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rootRow } from '../testing/rows.fixture.js'
import { failureOf, startLoader } from '../testing/start-loader.fixture.js'
import { lockForProcess } from './process-lock.js'

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'axion-'))
  path = join(folder, 'fetch.checkpoint')
})
afterEach(() => rm(folder, { recursive: true }))

describe('lockForProcess()', () => {
  it('lockForProcess() lets one use a file at a time, and leaves nothing behind', async () => {
    const unlock = lockForProcess(path)
    expect(() => lockForProcess(path)).toThrow(expect.objectContaining({ code: 'in_use', path }))
    const other = lockForProcess(join(folder, 'fetch.checkpoint.2'))
    unlock()
    unlock()
    lockForProcess(path)()
    other()
    expect(await readdir(folder)).toEqual([])
  })

  it('lockForProcess() takes over from a process that was killed, but not from one that lives', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log("up")'])
    await once(child.stdout, 'data')
    const lock = `${path}.${child.pid}-0123456789ab.lock`
    const stat = await readFile(`/proc/${child.pid}/stat`, 'utf8').catch(() => '')
    const mine = lockForProcess(path)
    const [own] = (await readdir(folder)).map((name) => join(folder, name))
    const identity: Record<string, unknown> = JSON.parse(await readFile(own ?? '', 'utf8'))
    mine()
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
    await writeFile(lock, JSON.stringify({ ...identity, pid: child.pid, started }))
    expect(() => lockForProcess(path)).toThrow(expect.objectContaining({ code: 'in_use' }))
    child.kill('SIGKILL')
    await once(child, 'close')
    lockForProcess(path)()
    expect(await readdir(folder)).toEqual([])
  })

  it.each<[string, unknown, boolean]>([
    ['of another machine', { pid: 1, host: 'elsewhere', world: 'x y', started: '1' }, true],
    ['that cannot be understood', 'garbage', true],
    ['of this machine before it was started anew', { pid: 1, host: hostname(), world: 'x y', started: '1' }, false],
  ])('lockForProcess() knows whether a lock %s holds', async (_, identity, holds) => {
    await writeFile(`${path}.1-0123456789ab.lock`, JSON.stringify(identity))
    if (holds) expect(() => lockForProcess(path)).toThrow(expect.objectContaining({ code: 'in_use' }))
    else lockForProcess(path)()
    expect((await readdir(folder)).length).toBe(holds ? 1 : 0)
  })

  it('streamTraces() refuses a checkpoint that another fetch is using', async () => {
    const { loader, close } = await startLoader({ observations: [rootRow('a', 0), rootRow('b', 1)] })
    const options = { checkpoint: path }
    const stream = loader.streamTraces(options)
    await stream.next()
    expect(await failureOf(loader.streamTraces(options).next())).toMatchObject({ code: 'in_use' })
    await stream.return(undefined)
    const ids: string[] = []
    for await (const { id } of loader.streamTraces(options)) ids.push(id)
    expect(ids).toEqual(['b', 'a'])
    expect(await readdir(folder)).toEqual([])
    await close()
  })
})
