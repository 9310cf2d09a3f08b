import type { ObservationRow } from '../wire/observation-v2.js'

/**
 * Drops repetitions. A span that was sent twice reads back as two rows until Langfuse's store has merged them, then as the later
 * one alone; this makes both look the same.
 *
 * @param rows - Rows of one trace.
 * @returns One row for each observation id, the one updated last.
 */
export function latestRows(rows: readonly ObservationRow[]): Map<string, ObservationRow> {
  const latest = new Map<string, ObservationRow>()
  for (const row of rows) {
    const known = latest.get(row.id)
    const isNewer = known === undefined || (row.updatedAtMillis ?? 0) > (known.updatedAtMillis ?? 0)
    if (isNewer) latest.set(row.id, row)
  }
  return latest
}
