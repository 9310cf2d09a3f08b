import { closeSync, constants, fdatasyncSync, fstatSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'
import { isMissing } from './error-code.js'
import { openPrivateFile } from './private-files.js'
import { syncFolder } from './sync-folder.js'

/** What one acknowledgement takes of the disk: the record's offset and a CRC-32 of it (4 each, little-endian). */
export const ACKNOWLEDGEMENT_BYTES = 8

const CHECKSUM_AT = 4

/** The file beside a segment that says which of its records are done with. Append-only. */
export class Acknowledgements {
  readonly #path: string
  readonly #seed: number
  readonly #isSynced: boolean
  #unwritten: number[] = []

  /**
   * @param path - Of the file. It need not be there.
   * @param marker - Of the segment, so that entries of another one mean nothing here.
   * @param isSynced - Whether an acknowledgement is to survive a power failure.
   */
  constructor(path: string, marker: Uint8Array, isSynced: boolean) {
    this.#path = path
    this.#seed = crc32(marker)
    this.#isSynced = isSynced
  }

  /**
   * Reads the offsets. Entries that were damaged are left out: their batches are sent once more.
   *
   * @throws If the file is there and cannot be read.
   */
  read(): number[] {
    const bytes = this.#readBytes()
    const offsets: number[] = []
    for (let at = 0; at + ACKNOWLEDGEMENT_BYTES <= bytes.length; at += ACKNOWLEDGEMENT_BYTES) {
      const checksum = crc32(bytes.subarray(at, at + CHECKSUM_AT), this.#seed)
      if (checksum === bytes.readUInt32LE(at + CHECKSUM_AT)) offsets.push(bytes.readUInt32LE(at))
    }
    return offsets
  }

  /**
   * Adds an offset. What cannot be written is kept, and written by the next `add` or `flush` that can.
   *
   * @throws If it cannot be written now.
   */
  add(offset: number): void {
    this.#unwritten.push(offset)
    this.flush()
  }

  /**
   * Writes what could not be written before.
   *
   * @throws If it still cannot be.
   */
  flush(): void {
    if (this.#unwritten.length === 0) return
    const file = openPrivateFile(this.#path, constants.O_RDWR | constants.O_CREAT)
    try {
      // At a multiple of the entry's size: over what a write that was cut short may have left, so that all later ones can be read.
      const { size } = fstatSync(file)
      const entries = Buffer.concat(this.#unwritten.map((offset) => this.#encode(offset)))
      const written = writeSync(file, entries, 0, entries.length, size - (size % ACKNOWLEDGEMENT_BYTES))
      if (this.#isSynced) fdatasyncSync(file)
      if (this.#isSynced && size === 0) syncFolder(dirname(this.#path))
      this.#unwritten.splice(0, Math.floor(written / ACKNOWLEDGEMENT_BYTES))
    } finally {
      closeSync(file)
    }
  }

  #encode(offset: number): Buffer {
    const entry = Buffer.allocUnsafe(ACKNOWLEDGEMENT_BYTES)
    entry.writeUInt32LE(offset, 0)
    entry.writeUInt32LE(crc32(entry.subarray(0, CHECKSUM_AT), this.#seed), CHECKSUM_AT)
    return entry
  }

  #readBytes(): Buffer {
    try {
      return readFileSync(this.#path)
    } catch (error) {
      if (isMissing(error)) return Buffer.alloc(0)
      throw error
    }
  }
}
