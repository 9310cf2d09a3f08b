import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { CliError } from '../cli-error.js'

/** How much of a trace was pushed. */
export interface PushedTrace {
  readonly spans: number
  readonly scores: number
}

/**
 * What is known of a trace: never sent; sent, but the answer was not written down, so that parts of it may be there; or pushed.
 */
export type TraceState =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'in_doubt' }
  | ({ readonly kind: 'pushed' } & PushedTrace)

/** The file that says what was pushed to one project, so that no span is sent twice. It holds ids and numbers only. */
export interface Journal {
  /** When a former push wrote into it last, in milliseconds since the epoch; 0 if there was none. */
  readonly formerMillis: number
  stateOf(traceId: string): TraceState
  /** Writes down that traces are about to be sent. Returns once that is on the disk. */
  begin(traceIds: readonly string[]): void
  /** Writes down that a trace was taken. */
  done(traceId: string, pushed: PushedTrace): void
  close(): void
}

/**
 * Opens a journal, and makes one if there is none.
 *
 * @param path - The file.
 * @param target - The project, which the file names in its first line.
 * @returns The journal, which no other process can open until it is closed.
 * @throws {CliError} `journal_failed` if the file cannot be used, is another project's, or another push uses it.
 */
export function openJournal(path: string, target: string): Journal {
  return guard(path, () => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const unlock = lock(path)
    try {
      const formerMillis = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
      const text = readText(path)
      // A kill leaves half a line, which says nothing; what is written next must not continue it.
      const end = text.lastIndexOf('\n') + 1
      if (end < text.length) truncateSync(path, Buffer.byteLength(text.slice(0, end)))
      const states = readStates(text, path, target)
      const file = openSync(path, 'a', 0o600)
      const write = (entry: object): void => guard(path, () => void writeSync(file, `${JSON.stringify(entry)}\n`))
      if (states === undefined) write({ axionPush: target })
      const known = states ?? new Map<string, TraceState>()
      return {
        formerMillis,
        stateOf: (traceId) => known.get(traceId) ?? { kind: 'unknown' },
        begin: (traceIds) => {
          write({ begin: traceIds })
          guard(path, () => fsyncSync(file))
        },
        done: (traceId, pushed) => write({ done: traceId, ...pushed }),
        close: () => {
          closeSync(file)
          unlock()
        },
      }
    } catch (error) {
      unlock()
      throw error
    }
  })
}

/**
 * Reads a journal and leaves it as it is.
 *
 * @param path - The file; there need be none.
 * @param target - The project.
 * @returns The journal, which writes nothing down.
 * @throws {CliError} `journal_failed` if the file cannot be read or is another project's.
 */
export function readJournal(path: string, target: string): Journal {
  return guard(path, () => {
    const known = readStates(readText(path), path, target) ?? new Map<string, TraceState>()
    return {
      formerMillis: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0,
      stateOf: (traceId) => known.get(traceId) ?? { kind: 'unknown' },
      begin: () => {},
      done: () => {},
      close: () => {},
    }
  })
}

function guard<Result>(path: string, work: () => Result): Result {
  try {
    return work()
  } catch (cause) {
    if (cause instanceof CliError) throw cause
    const found = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    const message = `Cannot use the journal ${path}: ${found}: check who owns it, or name another (--journal)`
    throw new CliError('journal_failed', message, { cause })
  }
}

function lock(path: string): () => void {
  const lockPath = `${path}.lock`
  for (let attempt = 1; ; attempt++) {
    try {
      const file = openSync(lockPath, 'wx', 0o600)
      writeSync(file, String(process.pid))
      closeSync(file)
      return () => rmSync(lockPath, { force: true })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST') || attempt > 1) throw error
      const owner = Number(readFileSync(lockPath, 'utf8'))
      if (isAlive(owner)) {
        const message = `Cannot push: process ${owner} is pushing with the same journal: wait for it, or remove ${lockPath}`
        throw new CliError('journal_failed', message)
      }
      // Left behind by a process that was killed.
      rmSync(lockPath, { force: true })
    }
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Someone else's process.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** What the file says; `undefined` if there is none yet, or nothing in it. */
function readStates(text: string, path: string, target: string): Map<string, TraceState> | undefined {
  const [head, ...lines] = text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1)
  if (head === undefined) return undefined
  const first = parse(head)
  if (first?.axionPush !== target) {
    const found = first?.axionPush === undefined ? 'it is no journal of axion push' : 'it is that of another project'
    throw new CliError('journal_failed', `Cannot use the journal ${path}: ${found}: name another (--journal)`)
  }
  const states = new Map<string, TraceState>()
  for (const line of lines) apply(states, parse(line))
  return states
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

interface Entry {
  readonly axionPush?: unknown
  readonly begin?: unknown
  readonly done?: unknown
  readonly spans?: unknown
  readonly scores?: unknown
}

function parse(line: string): Entry | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

function apply(states: Map<string, TraceState>, entry: Entry | undefined): void {
  if (Array.isArray(entry?.begin)) for (const id of entry.begin) states.set(String(id), { kind: 'in_doubt' })
  if (typeof entry?.done !== 'string' || typeof entry.spans !== 'number' || typeof entry.scores !== 'number') return
  states.set(entry.done, { kind: 'pushed', spans: entry.spans, scores: entry.scores })
}
