import { randomBytes } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LoaderError } from '../loader-error.js'

/** A file that was written. */
export interface WrittenFile {
  /** Where it is, absolutely. */
  readonly path: string
  /** How many items it holds. */
  readonly items: number
}

// Large enough that the number of writes does not count, small enough that memory does not.
const BUFFER_CHARACTERS = 256 * 1024

/**
 * Writes a file so that it is there whole or not at all: beside its place, flushed to the disk, then renamed. Whoever reads the path
 * meanwhile, or after a crash, finds the former file.
 *
 * @param path - The file; one that exists is replaced.
 * @param chunks - The text, piece by piece.
 * @returns Its absolute path.
 * @throws {LoaderError} `write_failed` if the file system refuses; whatever `chunks` throws. Nothing is left behind.
 */
export async function writeAtomically(path: string | URL, chunks: Iterable<string>): Promise<string> {
  const target = resolve(typeof path === 'string' ? path : fileURLToPath(path))
  // In the same directory, because a rename is atomic only within one file system.
  const temporary = `${target}.${process.pid}.${randomBytes(6).toString('hex')}.tmp`
  await guard(target, () => mkdir(dirname(target), { recursive: true }))
  try {
    await writeAndFlush(target, temporary, chunks)
    await guard(target, () => rename(temporary, target))
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {})
    throw error
  }
  await flushDirectory(dirname(target))
  return target
}

async function writeAndFlush(target: string, temporary: string, chunks: Iterable<string>): Promise<void> {
  const file = await guard(target, () => open(temporary, 'wx'))
  try {
    let buffered = ''
    for (const chunk of chunks) {
      buffered += chunk
      if (buffered.length < BUFFER_CHARACTERS) continue
      const full = buffered
      buffered = ''
      await guard(target, () => file.appendFile(full, 'utf8'))
    }
    await guard(target, () => file.appendFile(buffered, 'utf8'))
    await guard(target, () => file.sync())
  } finally {
    await file.close()
  }
}

// Makes the rename itself survive a power cut. Not every platform lets a directory be opened; the file is complete either way.
async function flushDirectory(directory: string): Promise<void> {
  try {
    const handle = await open(directory, 'r')
    await handle.sync().finally(() => handle.close())
  } catch {}
}

async function guard<Result>(target: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action()
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason'
    const message = `Cannot write ${target}: ${reason}: check the path, its permissions and the free space`
    throw new LoaderError('write_failed', message, { path: target, cause })
  }
}
