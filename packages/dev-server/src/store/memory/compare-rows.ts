import { xxHash32 } from '../xx-hash-32.js'

/** Says which of two rows comes first: the first one if the result is negative. */
export type RowOrder<Row> = (one: Row, other: Row) => number

/**
 * Compares text as databases do, by its bytes in UTF-8. JavaScript compares UTF-16, where what lies beyond U+FFFF comes before U+E000.
 *
 * @param one A text.
 * @param other Another.
 * @returns Negative, 0 or positive.
 */
export function compareText(one: string, other: string): number {
  const length = Math.min(one.length, other.length)
  for (let index = 0; index < length; index++) {
    const [a, b] = [one.charCodeAt(index), other.charCodeAt(index)]
    if (a !== b) return rank(a) - rank(b)
  }
  return one.length - other.length
}

/** Moves surrogates behind all other units. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}

/**
 * An order by one value of a row after the other.
 *
 * @param keys What to compare, the first that differs decides; null comes first.
 * @returns The order, ascending.
 */
export function ascending<Row>(...keys: readonly ((row: Row) => number | string | null)[]): RowOrder<Row> {
  return (one, other) => {
    for (const key of keys) {
      const difference = compareValues(key(one), key(other))
      if (difference !== 0) return difference
    }
    return 0
  }
}

/**
 * An order by one value of a row after the other, turned round.
 *
 * @param keys What to compare, the first that differs decides; null comes last.
 * @returns The order, descending.
 */
export function descending<Row>(...keys: readonly ((row: Row) => number | string | null)[]): RowOrder<Row> {
  const order = ascending(...keys)
  return (one, other) => order(other, one)
}

/**
 * Compares values of a column as databases do: null, then numbers, then text.
 *
 * @param one A value.
 * @param other Another.
 * @returns Negative, 0 or positive.
 */
export function compareValues(one: number | string | null, other: number | string | null): number {
  if (typeof one === 'number' && typeof other === 'number') return one < other ? -1 : one > other ? 1 : 0
  if (typeof one === 'string' && typeof other === 'string') return compareText(one, other)
  return kindOf(one) - kindOf(other)
}

function kindOf(value: number | string | null): number {
  return value === null ? 0 : typeof value === 'number' ? 1 : 2
}

/**
 * The place of an observation in the order of all: by start, hash of the trace id, and id.
 *
 * @param one An observation.
 * @param other Another.
 * @returns Negative, 0 or positive.
 */
export function comparePositions(one: Position, other: Position): number {
  const starts = one.startTimeMillis - other.startTimeMillis
  if (starts !== 0) return starts
  const hashes = one.traceId === other.traceId ? 0 : xxHash32(one.traceId) - xxHash32(other.traceId)
  return hashes === 0 ? compareText(one.id, other.id) : hashes
}

interface Position {
  readonly startTimeMillis: number
  readonly traceId: string
  readonly id: string
}
