import { closeSync, createReadStream, existsSync, openSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs'
import { splitLines } from '../dataset/files/split-lines.js'
import { LoaderError } from '../loader-error.js'
import { isRecord, type WireRecord } from '../wire/read-field.js'
import { lockForProcess } from './process-lock.js'

/** What stands in the first line, so that another file is not taken for a checkpoint, and overwritten. */
export const CHECKPOINT_FORMAT = 'axion-checkpoint'

/** A journal of a fetch: one line of JSON for each step, the first one saying which fetch it is. */
export interface CheckpointFile {
  /** The lines of former runs, without the first. */
  readonly entries: readonly WireRecord[]
  /** The first line. */
  readonly head: WireRecord
  /** Adds a line. It is with the operating system when this returns, so that it outlives the process. */
  readonly add: (entry: WireRecord) => void
  /** Closes the file and leaves it, for the next run. */
  readonly close: () => void
  /** Closes the file and takes it away: the fetch is complete. */
  readonly remove: () => void
}

/**
 * Opens a checkpoint, or begins one, for one fetch at a time. A last line without an end is what a killed process could not finish: it is cut off.
 *
 * @param path - The file.
 * @param head - The first line of a new file.
 * @returns The journal.
 * @throws {LoaderError} `in_use` if another fetch has it open; `invalid_file` if the file is no checkpoint; `read_failed` or `write_failed` if the file system refuses.
 */
export async function openCheckpoint(path: string, head: WireRecord): Promise<CheckpointFile> {
  const unlock = guard(path, () => lockForProcess(path))
  try {
    const file = await openJournal(path, head)
    const close = (): void => {
      file.close()
      unlock()
    }
    const remove = (): void => {
      file.remove()
      unlock()
    }
    return { ...file, close, remove }
  } catch (error) {
    unlock()
    throw error
  }
}

async function openJournal(path: string, head: WireRecord): Promise<CheckpointFile> {
  const { lines, bytes } = existsSync(path) ? await readLines(path) : { lines: [], bytes: 0 }
  const descriptor = guard(path, () => {
    if (bytes > 0) truncateSync(path, bytes)
    return openSync(path, bytes > 0 ? 'a' : 'w', 0o600)
  })
  const add = (entry: WireRecord): void => {
    guard(path, () => writeSync(descriptor, `${JSON.stringify(entry)}\n`))
  }
  const [first, ...entries] = lines
  if (first === undefined) add(head)
  return {
    entries,
    head: first ?? head,
    add,
    close: () => closeSync(descriptor),
    remove: () => {
      closeSync(descriptor)
      guard(path, () => rmSync(path, { force: true }))
    },
  }
}

async function readLines(path: string): Promise<{ lines: readonly WireRecord[]; bytes: number }> {
  const lines: WireRecord[] = []
  let bytes = 0
  let unread: string | undefined
  try {
    for await (const line of splitLines(createReadStream(path, 'utf8'))) {
      // The line before is whole, for there is another one behind it.
      if (unread !== undefined) {
        lines.push(parseLine(path, unread, lines.length + 1))
        bytes += Buffer.byteLength(unread) + 1
      }
      unread = line
    }
  } catch (cause) {
    if (cause instanceof LoaderError) throw cause
    throw new LoaderError('read_failed', `Cannot read checkpoint ${path}: ${reasonOf(cause)}`, { path, cause })
  }
  // Of the last one the file's size tells.
  return { lines, bytes, ...(unread === undefined ? {} : lastLine(path, unread, lines, bytes)) }
}

function lastLine(
  path: string,
  line: string,
  before: readonly WireRecord[],
  bytes: number,
): { lines: readonly WireRecord[]; bytes: number } {
  const whole = bytes + Buffer.byteLength(line) + 1
  if (guard(path, () => statSync(path).size) < whole) return { lines: before, bytes }
  return { lines: [...before, parseLine(path, line, before.length + 1)], bytes: whole }
}

function parseLine(path: string, line: string, number: number): WireRecord {
  try {
    const parsed: unknown = JSON.parse(line)
    if (isRecord(parsed) && (number > 1 || parsed.format === CHECKPOINT_FORMAT)) return parsed
  } catch {}
  const message = `Cannot resume from ${path}: line ${number} is none of a checkpoint: give the option checkpoint a file of its own`
  throw new LoaderError('invalid_file', message, { path })
}

function guard<Result>(path: string, action: () => Result): Result {
  try {
    return action()
  } catch (cause) {
    if (cause instanceof LoaderError) throw cause
    const message = `Cannot write checkpoint ${path}: ${reasonOf(cause)}: check the path, its permissions and the free space`
    throw new LoaderError('write_failed', message, { path, cause })
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason'
}
