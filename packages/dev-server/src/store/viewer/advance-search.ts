import type { Db } from '../db.js'
import { inTransaction } from '../in-transaction.js'
import { readCount } from '../read-rows.js'

/** Characters of an input or output that can be found: of a book, what a page of it would say. */
const MAX_INDEXED_LENGTH = 100_000

/**
 * Takes the full-text index a step further towards the newest observation.
 *
 * @param db The connection.
 * @param maxRows How many observations to take at most.
 * @returns How many it went on by.
 */
export function advanceSearch(db: Db, maxRows: number): number {
  const from = readCount(db, { sql: 'SELECT searchable_to FROM viewer_progress', values: [] })
  const upTo = Math.min(readCount(db, { sql: 'SELECT max(rowid) FROM observations', values: [] }), from + maxRows)
  if (upTo <= from) return 0
  inTransaction(db, () => {
    db.prepare(`
      INSERT OR REPLACE INTO observation_text (rowid, input, output)
      SELECT rowid, substr(input, 1, ${MAX_INDEXED_LENGTH}), substr(output, 1, ${MAX_INDEXED_LENGTH}) FROM observations
      WHERE rowid > ? AND rowid <= ? AND (input <> '' OR output <> '')`).run([from, upTo])
    db.prepare('UPDATE viewer_progress SET searchable_to = ?').run([upTo])
  })
  return upTo - from
}
