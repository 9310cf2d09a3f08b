import type { PageRange, StoredPage } from '../stored-page.js'
import type { RowOrder } from './row-order.js'
import { storedCopy } from './stored-copy.js'

/**
 * Cuts a page out of a list.
 *
 * @param rows All rows that fit.
 * @param order Which comes first.
 * @param range Which of them; a negative limit is none.
 * @returns The page.
 */
export function pageOf<Row>(rows: readonly Row[], order: RowOrder<Row>, { limit, offset }: PageRange): StoredPage<Row> {
  return { rows: firstOf(rows.toSorted(order).slice(offset), limit), total: rows.length }
}

/**
 * The first of a list.
 *
 * @param rows The list.
 * @param limit How many at most; a negative limit is none.
 * @returns Its beginning.
 */
export function firstOf<Row>(rows: readonly Row[], limit: number): Row[] {
  return rows.slice(0, limit < 0 ? undefined : limit)
}

/**
 * What of a list comes after a place in its order.
 *
 * @param rows The list.
 * @param order Its order.
 * @param after The place; undefined for all of it.
 * @returns The rows behind it.
 */
export function followingOf<Row extends Place, Place>(
  rows: readonly Row[],
  order: RowOrder<Place>,
  after: Place | undefined,
): Row[] {
  if (after === undefined) return [...rows]
  const place = storedCopy(after)
  return rows.filter((row) => order(row, place) > 0)
}
