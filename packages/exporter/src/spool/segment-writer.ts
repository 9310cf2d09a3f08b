import { closeSync, fdatasyncSync, ftruncateSync, writeSync, writevSync } from 'node:fs'
import type { EncodedBatch } from '../encode/encoded-batch.js'
import { openPrivateFile } from './private-files.js'
import { encodeHeader, HEADER_BYTES } from './record.js'
import { RecordIndex } from './record-index.js'
import type { Segment } from './segment.js'
import { syncFolder } from './sync-folder.js'

/** Appends records to a segment until it is sealed. */
export class SegmentWriter {
  readonly segment: Segment
  readonly #index = new RecordIndex()
  readonly #file: number
  readonly #isSynced: boolean

  /**
   * Makes the file.
   *
   * @param segment - Has none yet.
   * @param isSynced - Whether what is appended is to survive a power failure.
   * @throws If it cannot be made. Nothing of it is left then.
   */
  constructor(segment: Segment, isSynced: boolean) {
    this.segment = segment
    segment.index = this.#index
    this.#isSynced = isSynced
    this.#file = openPrivateFile(segment.path, 'wx')
    segment.open(() => close(this.#file))
    try {
      if (isSynced) syncFolder(segment.folder)
    } catch (error) {
      segment.delete()
      throw error
    }
  }

  /**
   * Appends a batch.
   *
   * @returns Whether the file is still where it was made. If it is not, the batch is not in it: somebody deleted the file, or moved it, and
   *   whoever has it may be done with reading.
   * @throws If the disk does not take it. Nothing of it is left then, unless the disk does not even let go.
   */
  append(batch: EncodedBatch): boolean {
    const offset = this.segment.bytes
    const header = encodeHeader(this.segment.name.marker, batch)
    try {
      writeFully(this.#file, header, batch.body, offset)
      if (this.#isSynced) fdatasyncSync(this.#file)
      // After the write: before it, the file could be taken away in between.
      if (!this.segment.isThere()) {
        truncate(this.#file, offset)
        return false
      }
    } catch (error) {
      truncate(this.#file, offset)
      throw error
    }
    const bodyBytes = batch.body.byteLength
    this.segment.bytes = offset + HEADER_BYTES + bodyBytes
    this.#index.add({ offset, bodyBytes, spanCount: batch.spanCount })
    return true
  }
}

function writeFully(file: number, header: Uint8Array, body: Uint8Array, position: number): void {
  const total = header.length + body.length
  let written = writevSync(file, [header, body], position)
  if (written === total) return
  // A disk that is nearly full takes a part, and fails on the rest.
  const record = Buffer.concat([header, body])
  while (written < total) {
    const more = writeSync(file, record, written, total - written, position + written)
    if (more === 0) throw Object.assign(new Error('EIO: the disk takes no more and does not say why'), { code: 'EIO' })
    written += more
  }
}

/** If this fails too, a torn record is left, which readers skip. */
function truncate(file: number, size: number): void {
  try {
    ftruncateSync(file, size)
  } catch {}
}

/** Nothing is left to be written that could fail. */
function close(file: number): void {
  try {
    closeSync(file)
  } catch {}
}
