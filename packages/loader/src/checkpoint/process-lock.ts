import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { LoaderError } from '../loader-error.js'
import { isRecord } from '../wire/read-field.js'

const SUFFIX = '.lock'

/**
 * Makes sure that a file is used once at a time, over all processes of this machine. Each user puts a file of its own beside it and then looks
 * for those of others; so of two that come at once at least one sees the other. What a killed process left is taken away.
 *
 * @param path - The file to be used.
 * @returns Ends the use.
 * @throws {LoaderError} `in_use` if it is used already; Node's own error if the file system refuses.
 */
export function lockForProcess(path: string): () => void {
  const folder = dirname(resolve(path))
  const prefix = `${basename(path)}.`
  const name = `${prefix}${process.pid}-${randomBytes(6).toString('hex')}${SUFFIX}`
  const own = join(folder, name)
  const unlock = (): void => rmSync(own, { force: true })
  // Renamed, so that nobody finds it half written.
  const unfinished = `${own}.tmp`
  writeFileSync(unfinished, JSON.stringify(identify('self')), { flag: 'wx', mode: 0o600 })
  renameSync(unfinished, own)
  const isOther = (other: string): boolean =>
    other !== name && other.startsWith(prefix) && /^\d+-[0-9a-f]{12}\.lock$/.test(other.slice(prefix.length))
  for (const other of readdirSync(folder).filter(isOther)) {
    if (!isInUse(join(folder, other))) {
      rmSync(join(folder, other), { force: true })
      continue
    }
    unlock()
    const message = `Cannot use ${path}: another fetch is using it (${other}): give each a checkpoint of its own, or wait for its end`
    throw new LoaderError('in_use', message, { path })
  }
  return unlock
}

/** Which process it was: an id is given to another process sooner or later. */
interface ProcessIdentity {
  readonly pid: number
  readonly host: string
  /** Start of the machine and world of process ids; empty where the system does not tell. */
  readonly world: string
  /** When it started, in ticks of the machine; empty where the system does not tell. */
  readonly started: string
}

function isInUse(lock: string): boolean {
  let owner: unknown
  try {
    owner = JSON.parse(readFileSync(lock, 'utf8'))
  } catch (error) {
    // Gone since the folder was read.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
  if (!isRecord(owner) || typeof owner.pid !== 'number') return true
  const self = identify('self')
  // Of a process on another machine, or in another container, nothing can be known.
  if (owner.host !== self.host) return true
  // The machine was started anew, or it is another container of that name.
  if (owner.world !== self.world) return owner.world === '' || bootOf(owner.world) === bootOf(self.world)
  if (!isAlive(owner.pid)) return false
  return self.started === '' || identify(owner.pid).started === owner.started
}

function identify(process_: 'self' | number): ProcessIdentity {
  const pid = process_ === 'self' ? process.pid : process_
  try {
    // The name in parentheses may hold anything; the start is the 20th field behind it.
    const stat = readFileSync(`/proc/${process_}/stat`, 'utf8')
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return { pid, host: hostname(), world: `${boot} ${readlinkSync('/proc/self/ns/pid')}`, started }
  } catch {
    return { pid, host: hostname(), world: '', started: '' }
  }
}

function bootOf(world: unknown): unknown {
  return typeof world === 'string' ? world.split(' ')[0] : world
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives and is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
