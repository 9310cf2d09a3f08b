import { readSync } from 'node:fs'

/**
 * Reads a stretch of a file.
 *
 * @param file - A file descriptor.
 * @param into - Is filled, as far as the file reaches.
 * @param position - Where the stretch begins.
 * @returns What was read: a view of `into`.
 */
export function readFully(file: number, into: Buffer, position: number): Buffer {
  let length = 0
  while (length < into.length) {
    const read = readSync(file, into, length, into.length - length, position + length)
    if (read === 0) break
    length += read
  }
  return into.subarray(0, length)
}
