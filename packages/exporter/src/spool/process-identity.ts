import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** What tells a process from all others, as far as its operating system lets it be told. */
export interface ProcessIdentity {
  readonly pid: number
  readonly host: string
  /** One run of one kernel: all its processes share a monotonic clock. Not on systems without /proc. */
  readonly kernel?: string
  /** Where the pid means something. Not on systems without /proc. */
  readonly pidNamespace?: string
  /** When it was started, in the kernel's ticks: a later process with the same pid was started later. Not on systems without /proc. */
  readonly startTicks?: string
}

/** Who this process is. */
export function readProcessIdentity(): ProcessIdentity {
  const anywhere = { pid: process.pid, host: hostname() }
  // A /proc of another namespace would speak of other processes.
  if (link('/proc/self') !== String(process.pid)) return anywhere
  const boot = text('/proc/sys/kernel/random/boot_id')?.trim()
  const pidNamespace = link('/proc/self/ns/pid')
  const startTicks = startTicksOf(process.pid)
  if (!boot || !pidNamespace || !startTicks) return anywhere
  // A time namespace shifts the monotonic clock.
  return { ...anywhere, kernel: `${boot} ${link('/proc/self/ns/time') ?? ''}`.trim(), pidNamespace, startTicks }
}

/**
 * When a process was started, in the kernel's ticks.
 *
 * @param pid - In this process's namespace.
 * @returns Nothing if there is none, or if it has ended and only waits for its parent to notice.
 */
export function startTicksOf(pid: number): string | undefined {
  const stat = text(`/proc/${pid}/stat`)
  // The program's name stands in parentheses and may hold anything, so count from behind it: state is the third field, start the 22nd.
  const [state, ...fields] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? []
  return state === 'Z' || state === 'X' ? undefined : fields[18]
}

/**
 * Whether there is a process with this pid, where /proc cannot tell.
 *
 * @param pid - On this host.
 */
export function isPidInUse(pid: number): boolean {
  try {
    // Signal 0 is not delivered.
    return process.kill(pid, 0)
  } catch (error) {
    // It is there, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function text(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function link(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}
