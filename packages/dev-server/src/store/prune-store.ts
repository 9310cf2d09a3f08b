import type { Db } from './db.js'
import { inTransaction } from './in-transaction.js'
import { readCount, readRows } from './read-rows.js'
import type { PruneLimits } from './store.js'

/** How many of the oldest observations go at a time when there are too many bytes. */
const FIRST_STEP = 1000

/**
 * Deletes the oldest observations and scores until what is left keeps the limits. Traces go as a whole, when their newest
 * observation may; what people made (datasets, prompts, configs, comments, media) stays.
 *
 * The file does not become smaller: what is freed in it is written again.
 *
 * @param db The connection.
 * @param limits What to keep to.
 * @returns How many observations were deleted.
 */
export function pruneStore(db: Db, { olderThanMillis, maxBytes }: PruneLimits): number {
  let deleted = olderThanMillis === undefined ? 0 : deleteBefore(db, olderThanMillis)
  if (maxBytes === undefined) return deleted
  // A trace that lasts holds back what began with it, so each step that frees nothing looks further.
  for (let step = FIRST_STEP; usedBytes(db) > maxBytes; ) {
    const sql = `SELECT start_millis FROM observations UNION ALL SELECT start_millis FROM legacy_observations
      ORDER BY start_millis LIMIT 1 OFFSET ?`
    const boundary = readRows(db, { sql, values: [step] })[0]?.[0]
    const gone = deleteBefore(db, typeof boundary === 'number' ? boundary : Number.MAX_SAFE_INTEGER)
    deleted += gone
    if (typeof boundary !== 'number') return deleted
    if (gone === 0) step *= 2
  }
  return deleted
}

function deleteBefore(db: Db, millis: number): number {
  let deleted = 0
  inTransaction(db, () => {
    deleted = db
      .prepare(
        `DELETE FROM observations WHERE start_millis < ? AND NOT EXISTS
          (SELECT 1 FROM observations AS newer WHERE newer.trace_id = observations.trace_id AND newer.start_millis >= ?)`,
      )
      .run([millis, millis]).changes
    db.prepare(
      `DELETE FROM legacy_traces WHERE timestamp_millis < ? AND NOT EXISTS
        (SELECT 1 FROM legacy_observations WHERE trace_id = legacy_traces.id AND start_millis >= ?)`,
    ).run([millis, millis])
    db.prepare(
      `DELETE FROM legacy_observations WHERE start_millis < ? AND NOT EXISTS
        (SELECT 1 FROM legacy_traces WHERE legacy_traces.id = trace_id)`,
    ).run([millis])
    db.prepare('DELETE FROM scores WHERE timestamp_millis < ?').run([millis])
  })
  return deleted
}

/** What the rows take, without the pages that are free to be written again. */
function usedBytes(db: Db): number {
  const count = (name: string): number => readCount(db, { sql: `PRAGMA ${name}`, values: [] })
  return (count('page_count') - count('freelist_count')) * count('page_size')
}
