import type { Db } from '../db.js'
import { readRows } from '../read-rows.js'
import { compileTraceFilter, whereAll } from './compile-trace-filter.js'
import { timeBuckets } from './time-buckets.js'
import type { TraceFilter } from './trace-filter.js'
import type { TraceVolume } from './trace-volume.js'

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
  const { fromMillis, bucketMillis, bucketCount: size } = timeBuckets(first, last, maxBuckets)
  const [counts, errorCounts] = [new Array<number>(size).fill(0), new Array<number>(size).fill(0)]
  // The driver binds numbers as reals, whose quotient has a fraction.
  const sql = `SELECT CAST((start_millis - ?) / ? AS INTEGER), count(*), sum(error_count > 0) FROM trace_summaries ${where} GROUP BY 1`
  for (const [bucket, count, errors] of readRows(db, { sql, values: [fromMillis, bucketMillis, ...values] })) {
    counts[Number(bucket)] = Number(count)
    errorCounts[Number(bucket)] = Number(errors)
  }
  return { fromMillis, bucketMillis, counts, errorCounts }
}
