import type { Db } from '../db.js'
import { readRows } from '../read-rows.js'
import { compileTraceFilter, whereAll } from './compile-trace-filter.js'
import type { TraceFilter } from './trace-filter.js'
import type { TraceVolume } from './trace-volume.js'

/** Widths people read at a glance, in milliseconds: 1 s to 30 days. */
const WIDTHS = [1, 5, 15, 60, 300, 900, 3600, 3 * 3600, 12 * 3600, 86_400, 7 * 86_400, 30 * 86_400].map((s) => s * 1000)

/**
 * Counts traces over time.
 *
 * @param db The connection.
 * @param filter Which traces.
 * @param maxBuckets How many buckets at most.
 * @returns The counts; no buckets when there are no traces.
 */
export function readTraceVolume(db: Db, filter: TraceFilter, maxBuckets: number): TraceVolume {
  const { sql: where, values } = whereAll(compileTraceFilter(filter))
  const [extent] = readRows(db, {
    sql: `SELECT min(start_millis), max(start_millis) FROM trace_summaries ${where}`,
    values,
  })
  if (typeof extent?.[0] !== 'number') return { fromMillis: 0, bucketMillis: 0, counts: [], errorCounts: [] }
  const first = filter.fromMillis ?? extent[0]
  const last = Math.max(filter.toMillis ?? 0, Number(extent[1]))
  const fits = (width: number): boolean => Math.floor(last / width) - Math.floor(first / width) < maxBuckets
  const bucketMillis = WIDTHS.find(fits) ?? Math.ceil((last - first + 1) / (maxBuckets - 1))
  const fromMillis = Math.floor(first / bucketMillis) * bucketMillis
  const size = Math.floor((last - fromMillis) / bucketMillis) + 1
  const [counts, errorCounts] = [new Array<number>(size).fill(0), new Array<number>(size).fill(0)]
  // The driver binds numbers as reals, whose quotient has a fraction.
  const sql = `SELECT CAST((start_millis - ?) / ? AS INTEGER), count(*), sum(error_count > 0) FROM trace_summaries ${where} GROUP BY 1`
  for (const [bucket, count, errors] of readRows(db, { sql, values: [fromMillis, bucketMillis, ...values] })) {
    counts[Number(bucket)] = Number(count)
    errorCounts[Number(bucket)] = Number(errors)
  }
  return { fromMillis, bucketMillis, counts, errorCounts }
}
