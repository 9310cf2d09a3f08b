import { closeSync, constants, fstatSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
import { isMissing } from './error-code.js'
import { openPrivateFile } from './private-files.js'
import type { ProcessIdentity } from './process-identity.js'

/** What an owner writes down of itself, again and again as long as it lives. */
export interface OwnerEntry {
  readonly identity: ProcessIdentity
  /** The monotonic clock of its machine when it wrote. */
  readonly beatMillis: number
}

/** What stands in the file of an owner. */
export interface OwnerSighting {
  /** When it was written, by the clock of the file system. */
  readonly modifiedMillis: number
  /** Not there if the file could not be understood: it may be half written. */
  readonly entry: OwnerEntry | undefined
}

/**
 * Writes the file of an owner: a sign of life.
 *
 * @param path - Of the file. It is made if it is not there.
 * @param entry - What it is to say.
 * @returns When it was written, by the clock of the file system.
 * @throws If it cannot be written.
 */
export function writeOwnerFile(path: string, entry: OwnerEntry): number {
  const file = openPrivateFile(path, constants.O_RDWR | constants.O_CREAT)
  try {
    // In place: the text never becomes shorter, because a monotonic clock never does.
    writeSync(file, JSON.stringify(entry), 0)
  } finally {
    closeSync(file)
  }
  // After closing: a network file system has told its server by then, and knows the server's time.
  return statSync(path).mtimeMs
}

/**
 * Reads the file of an owner.
 *
 * @param path - Of the file.
 * @returns Nothing if there is none: the owner has left, or somebody has cleared up after it.
 * @throws If it cannot be read.
 */
export function readOwnerFile(path: string): OwnerSighting | undefined {
  const file = openIfThere(path)
  if (file === undefined) return undefined
  try {
    // Through the open file: what a network file system says of a path may be a minute old.
    return { modifiedMillis: fstatSync(file).mtimeMs, entry: parseEntry(readFileSync(file, 'utf8')) }
  } finally {
    closeSync(file)
  }
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

function parseEntry(text: string): OwnerEntry | undefined {
  try {
    const { identity, beatMillis }: { identity?: Record<string, unknown>; beatMillis?: unknown } = JSON.parse(text)
    const { pid, ...rest } = identity ?? {}
    if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || typeof beatMillis !== 'number') return undefined
    const { host, kernel, pidNamespace, startTicks } = rest
    if (typeof host === 'string') return { identity: { pid, host }, beatMillis }
    if (typeof kernel !== 'string' || typeof pidNamespace !== 'string' || typeof startTicks !== 'string') {
      return { identity: { pid }, beatMillis }
    }
    return { identity: { pid, kernel, pidNamespace, startTicks }, beatMillis }
  } catch {
    return undefined
  }
}
