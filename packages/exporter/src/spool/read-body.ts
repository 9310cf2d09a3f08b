import { type FileHandle, open } from 'node:fs/promises'
import { decodeHeader, HEADER_BYTES, isIntact } from './record.js'
import type { RecordEntry } from './record-index.js'
import type { Segment } from './segment.js'

/**
 * Reads the body of a record.
 *
 * @param segment - Holds it.
 * @param entry - Where it stands.
 * @returns Nothing if the record is damaged.
 * @throws If the file cannot be read.
 */
export async function readBody(segment: Segment, entry: RecordEntry): Promise<Uint8Array | undefined> {
  const file = await open(segment.path, 'r')
  try {
    // Slow: a buffer of its own, not a piece of the pool, because the body may be handed to another thread.
    const record = await readStretch(file, Buffer.allocUnsafeSlow(HEADER_BYTES + entry.bodyBytes), entry.offset)
    const header = decodeHeader(record, segment.name.marker)
    const body = record.subarray(HEADER_BYTES)
    return header && isIntact(header, body) ? body : undefined
  } finally {
    await file.close()
  }
}

async function readStretch(file: FileHandle, into: Buffer, position: number): Promise<Buffer> {
  let length = 0
  while (length < into.length) {
    const { bytesRead } = await file.read(into, length, into.length - length, position + length)
    if (bytesRead === 0) break
    length += bytesRead
  }
  return into.subarray(0, length)
}
