import { type FileHandle, open, rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { makeDirectory } from '../dataset/files/make-directory.js'
import { LoaderError } from '../loader-error.js'
import type { CheckpointFile } from './checkpoint-file.js'

/** A file that grows beside its place until it is whole. */
export interface GrowingFile {
  /** Whether a former run came to the end of it. */
  readonly isWhole: boolean
  /** Adds what was made of a trace, which may be nothing. */
  readonly add: (traceId: string, text: string) => Promise<void>
  /** How many texts it holds. */
  readonly lines: () => number
  /** Writes what is left and leaves it for the next run. */
  readonly close: () => Promise<void>
  /** Writes what is left and puts the file in its place. */
  readonly finish: () => Promise<void>
}

// What a kill may cost: so much is read and written again. Smaller ones would wait for the disk more often.
const CHECKPOINT_BYTES = 1024 * 1024

/**
 * Opens a file that a former run began, at the place up to which its journal knows what is in it, or begins one. The journal is written
 * after the disk has what it speaks of, so it never promises what a power cut could take.
 *
 * @param path - Where the file is to be in the end; until then it is there with `.partial` at its end.
 * @param journal - Its journal.
 * @returns The file.
 * @throws {LoaderError} `invalid_file` if it is shorter than the journal says; `write_failed` if the file system refuses.
 */
export async function resumeFile(path: string, journal: CheckpointFile): Promise<GrowingFile> {
  const partial = `${path}.partial`
  const last = journal.entries.at(-1)
  const isWhole = last?.isWhole === true
  let bytes = Number(last?.bytes ?? 0)
  let lines = Number(last?.lines ?? 0)
  let file = isWhole ? undefined : await openAt(path, partial, bytes)
  let text = ''
  let held = 0
  let ids: string[] = []
  const flush = async (): Promise<void> => {
    if (file === undefined || ids.length === 0) return
    const [added, done, count] = [Buffer.from(text), ids, held]
    ;[text, ids, held] = ['', [], 0]
    await guard(path, () => writeWhole(file, added, bytes))
    bytes += added.length
    lines += count
    journal.add({ done, bytes, lines })
  }
  const close = async (): Promise<void> => {
    try {
      await flush()
    } finally {
      const closing = file
      file = undefined
      await closing?.close()
    }
  }
  return {
    isWhole,
    add: async (traceId, added) => {
      ids.push(traceId)
      text += added
      if (added !== '') held += 1
      if (text.length >= CHECKPOINT_BYTES) await flush()
    },
    lines: () => lines,
    close,
    finish: async () => {
      await close()
      if (!isWhole) journal.add({ isWhole: true, bytes, lines })
      // A run that was killed between the rename and the end of its journal has nothing left to rename.
      if (await isThere(partial)) await guard(path, () => rename(partial, path))
      else if (!(await isThere(path))) throw changed(partial, 'is gone')
    },
  }
}

async function openAt(path: string, partial: string, bytes: number): Promise<FileHandle> {
  await guard(path, () => makeDirectory(dirname(path)))
  const mode = await stat(path).then(
    (former) => former.mode & 0o777,
    () => 0o666,
  )
  if (bytes > 0 && !(await isThere(partial))) throw changed(partial, 'is gone')
  const file = await guard(path, () => open(partial, bytes > 0 ? 'r+' : 'w', mode))
  try {
    if ((await file.stat()).size < bytes) throw changed(partial, 'is shorter than it was')
    // What a killed run wrote last and could not note any more.
    await guard(path, () => file.truncate(bytes))
    return file
  } catch (error) {
    await file.close()
    throw error
  }
}

async function writeWhole(file: FileHandle | undefined, bytes: Buffer, position: number): Promise<void> {
  for (let written = 0; file !== undefined && written < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, position + written)
    written += bytesWritten
  }
  await file?.datasync()
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

function changed(partial: string, how: string): LoaderError {
  const message = `Cannot resume ${partial}: it ${how}: put it back, or remove the checkpoint to begin anew`
  return new LoaderError('invalid_file', message, { path: partial })
}

async function guard<Result>(path: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action()
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason'
    const message = `Cannot write ${path}: ${reason}: check the path, its permissions and the free space`
    throw new LoaderError('write_failed', message, { path, cause })
  }
}
