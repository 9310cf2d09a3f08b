import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** What tells a process from all others, as far as its operating system lets it be told. */
export interface ProcessIdentity {
  readonly pid: number
  /** Where the pid means something, on systems without /proc: their processes have no namespaces. */
  readonly host?: string
  /** One run of one kernel: all its processes share a monotonic clock. Only known from /proc. */
  readonly kernel?: string
  /** Where the pid means something. Only known from /proc. */
  readonly pidNamespace?: string
  /** When it was started, in the kernel's ticks: a later process with the same pid was started later. Only known from /proc. */
  readonly startTicks?: string
}

/** Who this process is. */
export function readProcessIdentity(): ProcessIdentity {
  if (process.platform !== 'linux') return { pid: process.pid, host: hostname() }
  // A /proc of another namespace would speak of other processes.
  if (link('/proc/self') !== String(process.pid)) return { pid: process.pid }
  const boot = text('/proc/sys/kernel/random/boot_id')?.trim()
  const pidNamespace = link('/proc/self/ns/pid')
  const startTicks = startTicksOf(process.pid)
  if (!boot || !pidNamespace || !startTicks) return { pid: process.pid }
  // A time namespace shifts the monotonic clock.
  const kernel = `${boot} ${link('/proc/self/ns/time') ?? ''}`.trim()
  return { pid: process.pid, kernel, pidNamespace, startTicks }
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
