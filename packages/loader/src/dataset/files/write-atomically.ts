import { randomBytes } from 'node:crypto'
import type { Stats } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { LoaderError } from '../../loader-error.js'
import { readPath } from '../../options/read-path.js'
import { findPlace } from './find-place.js'
import { makeDirectory } from './make-directory.js'

/** What a file is made of, piece by piece: text, or bytes. */
export type Chunks = Iterable<string> | AsyncIterable<string | Uint8Array>

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
 * meanwhile, or after a crash, finds the former file. A symbolic link stays one, and a file that exists keeps its mode and owner.
 *
 * A pipe or a device cannot be replaced: it is written to, from the moment on when all of the text is known; of pieces that come
 * asynchronously, from the first on, because there may be more of them than memory.
 *
 * @param path - The file; one that exists is replaced.
 * @param chunks - The content, piece by piece.
 * @returns Its absolute path.
 * @throws {LoaderError} `invalid_options` if the path is none; `write_failed` if the file system refuses; whatever `chunks` throws. Nothing is left behind.
 */
export async function writeAtomically(path: string | URL, chunks: Chunks): Promise<string> {
  const target = readPath(path, 'path')
  await guard(target, () => makeDirectory(dirname(target)))
  const place = await guard(target, () => findPlace(target))
  if (place.kind === 'file') await replaceFile(target, place.path, place.former, chunks)
  else await writeStream(target, place.path, chunks)
  return target
}

async function replaceFile(target: string, path: string, former: Stats | undefined, chunks: Chunks): Promise<void> {
  // In the same directory, because a rename is atomic only within one file system.
  const temporary = `${path}.${process.pid}.${randomBytes(6).toString('hex')}.tmp`
  try {
    // Never more open than the former file, not even before the line that copies its mode.
    const file = await guard(target, () => open(temporary, 'wx', modeOf(former)))
    try {
      if (former !== undefined) await guard(target, () => keepAttributes(file, former))
      await writeChunks(target, file, chunks)
      await guard(target, () => file.sync())
    } finally {
      await file.close()
    }
    await guard(target, () => rename(temporary, path))
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {})
    throw error
  }
  await flushDirectory(dirname(path))
}

async function writeStream(target: string, path: string, chunks: Chunks): Promise<void> {
  // What was sent cannot be taken back, so that a piece that cannot be made has to be found out before.
  const pieces = isSync(chunks) ? [...chunks] : chunks
  const file = await guard(target, () => open(path, 'w'))
  try {
    await writeChunks(target, file, pieces)
  } finally {
    await file.close()
  }
}

async function writeChunks(target: string, file: FileHandle, chunks: Chunks): Promise<void> {
  let buffered = ''
  // One write is under way while the pieces of the next are made.
  let writing: Promise<void> = Promise.resolve()
  const write = async (data: string | Uint8Array): Promise<void> => {
    await writing
    writing = guard(target, () => file.appendFile(data, 'utf8'))
    // Awaited with the next write: until then a rejection must not count as unhandled.
    writing.catch(() => {})
  }
  const flush = (): Promise<void> => {
    const full = buffered
    buffered = ''
    return write(full)
  }
  try {
    if (isSync(chunks)) {
      // Apart from the asynchronous loop, which would wait a turn for every one of many small pieces.
      for (const chunk of chunks) {
        buffered += chunk
        if (buffered.length >= BUFFER_CHARACTERS) await flush()
      }
    } else {
      for await (const chunk of chunks) {
        if (typeof chunk === 'string') buffered += chunk
        if (typeof chunk !== 'string' || buffered.length >= BUFFER_CHARACTERS) await flush()
        if (typeof chunk !== 'string') await write(chunk)
      }
    }
    await flush()
  } catch (error) {
    // The file is closed next.
    await writing.catch(() => {})
    throw error
  }
  await writing
}

function isSync(chunks: Chunks): chunks is Iterable<string> {
  return Symbol.iterator in chunks
}

// The permission bits alone: set-user-id has no place on data.
function modeOf(former: Stats | undefined): number {
  return former === undefined ? 0o666 : former.mode & 0o777
}

async function keepAttributes(file: FileHandle, former: Stats): Promise<void> {
  const { uid, gid } = await file.stat()
  // Only root may give files away. For others the file becomes their own, as with every editor that renames.
  if (uid !== former.uid || gid !== former.gid) await file.chown(former.uid, former.gid).catch(() => {})
  // Exactly, for the mode given to `open` was cut by the umask.
  await file.chmod(modeOf(former))
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
