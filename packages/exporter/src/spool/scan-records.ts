import { readFully } from './read-fully.js'
import { decodeHeader, HEADER_BYTES, MARKER_BYTES, type RecordHeader } from './record.js'
import type { RecordEntry } from './record-index.js'

/** What of a file was no record. */
export interface Damage {
  /** Stretches. */
  readonly records: number
  /** In the batches that still told their number. */
  readonly spans: number
  readonly bytes: number
}

// A page costs the disk no more than a header does, and holds many small records.
const HEADER_WINDOW_BYTES = 4096
const SEARCH_WINDOW_BYTES = 64 * 1024

/**
 * Finds the records of a segment by their headers. Bodies are skipped: they are checked when they are read to be sent.
 *
 * Where no header stands, the next intact one is searched by the segment's marker. The marker is random, so what is found is a record, and
 * never something that a body contains.
 *
 * @param file - The descriptor of the segment.
 * @param size - Its size, in bytes.
 * @param marker - Of its records.
 * @param found - Receives each record, in the order of the file.
 * @returns What else is there.
 */
export function scanRecords(
  file: number,
  size: number,
  marker: Uint8Array,
  found: (record: RecordEntry) => void,
): Damage {
  const damage = { records: 0, spans: 0, bytes: 0 }
  const buffer = Buffer.allocUnsafe(Math.min(HEADER_WINDOW_BYTES, size))
  let windowAt = 0
  let window = readFully(file, buffer, 0)
  let offset = 0

  while (offset < size) {
    const header = headerAt(offset)
    const end = offset + HEADER_BYTES + (header?.bodyBytes ?? 0)
    if (header && (end === size || headerAt(end))) {
      found({ offset, bodyBytes: header.bodyBytes, spanCount: header.spanCount })
      offset = end
      continue
    }
    // A body that bytes were lost of reaches into the next record: so search from its beginning, not from its end.
    const next = findHeader(offset + (header ? HEADER_BYTES : 1))
    if (header && next >= end) {
      found({ offset, bodyBytes: header.bodyBytes, spanCount: header.spanCount })
      skip(end, next, 0)
    } else {
      skip(offset, next, header?.spanCount ?? 0)
    }
    offset = next
  }
  return damage

  function headerAt(position: number): RecordHeader | undefined {
    if (position + HEADER_BYTES > size) return undefined
    if (position < windowAt || position + HEADER_BYTES > windowAt + window.length) {
      windowAt = position
      window = readFully(file, buffer, position)
    }
    return decodeHeader(window.subarray(position - windowAt), marker)
  }

  function findHeader(from: number): number {
    const bytes = Buffer.allocUnsafe(Math.min(SEARCH_WINDOW_BYTES, size))
    // Windows overlap by what could be the beginning of a marker.
    for (let at = from; at + HEADER_BYTES <= size; at += bytes.length - MARKER_BYTES + 1) {
      const read = readFully(file, bytes, at)
      for (let hit = read.indexOf(marker); hit >= 0; hit = read.indexOf(marker, hit + 1)) {
        if (headerAt(at + hit)) return at + hit
      }
    }
    return size
  }

  function skip(from: number, to: number, spans: number): void {
    damage.records++
    damage.spans += spans
    damage.bytes += to - from
  }
}
