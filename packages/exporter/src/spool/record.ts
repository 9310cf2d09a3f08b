import { crc32 } from 'node:zlib'
import type { EncodedBatch } from '../encode/encoded-batch.js'

/** How many bytes precede a body: marker (8), length, span count, CRC-32 of the body, CRC-32 of all that (4 each, little-endian). */
export const HEADER_BYTES = 24

/** How many bytes tell the beginning of a record. */
export const MARKER_BYTES = 8

const LENGTH_AT = 8
const SPAN_COUNT_AT = 12
const BODY_CHECKSUM_AT = 16
const HEADER_CHECKSUM_AT = 20

/** What a record says of its body. */
export interface RecordHeader {
  readonly bodyBytes: number
  readonly spanCount: number
  readonly bodyChecksum: number
}

/**
 * Writes the header of a record.
 *
 * @param marker - The segment's. It is random, so that no body can contain what looks like a record.
 * @param batch - What the record is to hold.
 * @throws {RangeError} If the number of spans is none, or does not fit in 32 bits. Its `code` is `invalid_batch`.
 */
export function encodeHeader(marker: Uint8Array, { body, spanCount }: EncodedBatch): Buffer {
  // `>>> 0` is what would be read again.
  if (spanCount >>> 0 !== spanCount) {
    throw Object.assign(new RangeError(`a batch of ${spanCount} spans cannot be`), { code: 'invalid_batch' })
  }
  const header = Buffer.allocUnsafe(HEADER_BYTES)
  header.set(marker)
  header.writeUInt32LE(body.byteLength, LENGTH_AT)
  header.writeUInt32LE(spanCount, SPAN_COUNT_AT)
  header.writeUInt32LE(crc32(body), BODY_CHECKSUM_AT)
  header.writeUInt32LE(crc32(header.subarray(0, HEADER_CHECKSUM_AT)), HEADER_CHECKSUM_AT)
  return header
}

/**
 * Reads a header.
 *
 * @param bytes - Begin where it begins; may be shorter or longer.
 * @param marker - The segment's.
 * @returns Nothing if no intact header stands there.
 */
export function decodeHeader(bytes: Buffer, marker: Uint8Array): RecordHeader | undefined {
  if (bytes.length < HEADER_BYTES) return undefined
  if (bytes.compare(marker, 0, MARKER_BYTES, 0, MARKER_BYTES) !== 0) return undefined
  if (crc32(bytes.subarray(0, HEADER_CHECKSUM_AT)) !== bytes.readUInt32LE(HEADER_CHECKSUM_AT)) return undefined
  return {
    bodyBytes: bytes.readUInt32LE(LENGTH_AT),
    spanCount: bytes.readUInt32LE(SPAN_COUNT_AT),
    bodyChecksum: bytes.readUInt32LE(BODY_CHECKSUM_AT),
  }
}

/**
 * Whether a body is what its header says.
 *
 * @param header - Intact.
 * @param body - All of it.
 */
export function isIntact(header: RecordHeader, body: Uint8Array): boolean {
  return body.byteLength === header.bodyBytes && crc32(body) === header.bodyChecksum
}
