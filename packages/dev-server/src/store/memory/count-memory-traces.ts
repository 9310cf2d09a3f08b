import { timeBuckets } from '../viewer/time-buckets.js'
import type { TraceFilter } from '../viewer/trace-filter.js'
import type { TraceVolume } from '../viewer/trace-volume.js'
import { maxOf, minOf } from './extremes.js'
import type { TraceSum } from './trace-sum.js'

/**
 * Counts traces over time.
 *
 * @param traces Those that the filter lets through.
 * @param filter The filter, whose time is covered even where it has no traces.
 * @param maxBuckets How many buckets at most.
 * @returns The counts; no buckets when there are no traces.
 */
export function countMemoryTraces(
  traces: readonly TraceSum[],
  filter: Pick<TraceFilter, 'fromMillis' | 'toMillis'>,
  maxBuckets: number,
): TraceVolume {
  if (traces.length === 0) return { fromMillis: 0, bucketMillis: 0, counts: [], errorCounts: [] }
  const starts = traces.map(({ startMillis }) => startMillis)
  const first = filter.fromMillis ?? minOf(starts)
  const last = Math.max(filter.toMillis ?? 0, maxOf(starts))
  const { fromMillis, bucketMillis, bucketCount } = timeBuckets(first, last, maxBuckets)
  const [counts, errorCounts] = [new Array<number>(bucketCount).fill(0), new Array<number>(bucketCount).fill(0)]
  for (const { startMillis, errorCount } of traces) {
    const bucket = Math.trunc((startMillis - fromMillis) / bucketMillis)
    counts[bucket] = (counts[bucket] ?? 0) + 1
    if (errorCount > 0) errorCounts[bucket] = (errorCounts[bucket] ?? 0) + 1
  }
  return { fromMillis, bucketMillis, counts, errorCounts }
}
