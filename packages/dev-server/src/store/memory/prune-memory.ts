import type { PruneLimits } from '../store.js'
import { maxOf } from './extremes.js'
import { allRows, type MemoryRows, type RowsByTrace } from './memory-tables.js'

/** How many of the oldest observations go at a time when there are too many bytes. */
const FIRST_STEP = 1000

/**
 * Deletes the oldest observations and scores until what is left keeps the limits, as `pruneStore` does: traces go as a whole, and what
 * people made stays.
 *
 * @param rows Everything that is stored.
 * @param limits What to keep to; bytes are those of the JSON of the rows, and of the files.
 * @returns How many observations were deleted.
 */
export function pruneMemory(rows: MemoryRows, { olderThanMillis, maxBytes }: PruneLimits): number {
  let deleted = olderThanMillis === undefined ? 0 : deleteBefore(rows, olderThanMillis)
  if (maxBytes === undefined) return deleted
  const measured = new Map<object, number>()
  // A trace that lasts holds back what began with it, so each step that frees nothing looks further.
  for (let step = FIRST_STEP; usedBytes(rows, measured) > maxBytes; ) {
    const starts = [...allRows(rows.observations), ...allRows(rows.legacyObservations)]
      .map(({ startTimeMillis }) => startTimeMillis)
      .sort((one, other) => one - other)
    const gone = deleteBefore(rows, starts[step] ?? Number.POSITIVE_INFINITY)
    deleted += gone
    if (starts.length <= step) return deleted
    if (gone === 0) step *= 2
  }
  return deleted
}

function deleteBefore({ observations, scores, legacyTraces, legacyObservations }: MemoryRows, millis: number): number {
  let deleted = 0
  for (const [traceId, ofTrace] of observations) {
    if (newestStart(observations, traceId) >= millis) continue
    deleted += ofTrace.size
    observations.delete(traceId)
  }
  for (const { id, timestampMillis } of legacyTraces.values()) {
    if (timestampMillis < millis && newestStart(legacyObservations, id) < millis) legacyTraces.delete(id)
  }
  for (const [traceId, ofTrace] of legacyObservations) {
    if (legacyTraces.has(traceId)) continue
    for (const { id, startTimeMillis } of ofTrace.values()) if (startTimeMillis < millis) ofTrace.delete(id)
    if (ofTrace.size === 0) legacyObservations.delete(traceId)
  }
  for (const { id, timestampMillis } of scores.values()) if (timestampMillis < millis) scores.delete(id)
  return deleted
}

function newestStart(rows: RowsByTrace<{ readonly startTimeMillis: number }>, traceId: string): number {
  return maxOf([...(rows.get(traceId)?.values() ?? [])].map(({ startTimeMillis }) => startTimeMillis))
}

/** Rows are never changed, so each is measured once. */
function usedBytes(rows: MemoryRows, measured: Map<object, number>): number {
  const kept = [
    ...allRows(rows.observations),
    ...allRows(rows.legacyObservations),
    ...rows.legacyTraces.values(),
    ...rows.scores.values(),
    ...[...rows.itemVersions.values()].flat(),
  ]
  let bytes = [...rows.mediaContents.values()].reduce((sum, content) => sum + content.length, 0)
  for (const row of kept) {
    const ofRow = measured.get(row) ?? Buffer.byteLength(JSON.stringify(row))
    measured.set(row, ofRow)
    bytes += ofRow
  }
  return bytes
}
