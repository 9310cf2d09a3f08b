import { compareText, compareValues } from '../compare-values.js'
import { xxHash32 } from '../xx-hash-32.js'

/** Says which of two rows comes first: the first one if the result is negative. */
export type RowOrder<Row> = (one: Row, other: Row) => number

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
