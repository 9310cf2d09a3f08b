import { randomBytes } from 'node:crypto'
import { MARKER_BYTES } from './record.js'

/**
 * What the name of a segment's file says.
 *
 * The name is part of the format: the marker stands in it and not in the file, so that no damage to the file can take it away. A format
 * that is read otherwise needs another ending; files with names that are not known are left alone.
 */
export interface SegmentName {
  /** Orders segments: higher than that of each segment that could be seen when it was made. */
  readonly sequence: number
  /** Begins each of its records. */
  readonly marker: Buffer
}

const SEQUENCE_DIGITS = 15
const PATTERN = new RegExp(`^(\\d{${SEQUENCE_DIGITS}})-([0-9a-f]{${MARKER_BYTES * 2}})\\.(segment|acknowledged)$`)

/** Names a new segment. */
export function newSegmentName(sequence: number): SegmentName {
  return { sequence, marker: randomBytes(MARKER_BYTES) }
}

/** The name of the file with a segment's records. */
export function segmentFileName(name: SegmentName): string {
  return `${stem(name)}.segment`
}

/** The name of the file that says which of them are done with. */
export function acknowledgementFileName(name: SegmentName): string {
  return `${stem(name)}.acknowledged`
}

/**
 * Reads the name of a file.
 *
 * @param fileName - Of any file.
 * @returns Which file of which segment it is; nothing if it is none.
 */
export function parseSegmentFileName(
  fileName: string,
): { readonly name: SegmentName; readonly kind: 'segment' | 'acknowledged' } | undefined {
  const [, sequence, marker, kind] = PATTERN.exec(fileName) ?? []
  if (!sequence || !marker) return undefined
  return {
    name: { sequence: Number(sequence), marker: Buffer.from(marker, 'hex') },
    kind: kind === 'segment' ? 'segment' : 'acknowledged',
  }
}

/** Compares for sorting: oldest first; those made at the same time in an order that is the same for all. */
export function compareSegmentNames(one: SegmentName, other: SegmentName): number {
  return one.sequence - other.sequence || one.marker.compare(other.marker)
}

function stem({ sequence, marker }: SegmentName): string {
  return `${String(sequence).padStart(SEQUENCE_DIGITS, '0')}-${marker.toString('hex')}`
}
