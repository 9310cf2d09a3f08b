/** Widths people read at a glance, in milliseconds: 1 s to 30 days. */
const WIDTHS = [1, 5, 15, 60, 300, 900, 3600, 3 * 3600, 12 * 3600, 86_400, 7 * 86_400, 30 * 86_400].map((s) => s * 1000)

/** A span of time cut into equal parts. */
export interface TimeBuckets {
  readonly fromMillis: number
  readonly bucketMillis: number
  readonly bucketCount: number
}

/**
 * Cuts a span of time into parts that are round on a clock.
 *
 * @param firstMillis What must be in the first part.
 * @param lastMillis What must be in the last part.
 * @param maxBuckets How many parts at most.
 * @returns The parts.
 */
export function timeBuckets(firstMillis: number, lastMillis: number, maxBuckets: number): TimeBuckets {
  const fits = (width: number): boolean => Math.floor(lastMillis / width) - Math.floor(firstMillis / width) < maxBuckets
  const bucketMillis = WIDTHS.find(fits) ?? Math.ceil((lastMillis - firstMillis + 1) / (maxBuckets - 1))
  const fromMillis = Math.floor(firstMillis / bucketMillis) * bucketMillis
  return { fromMillis, bucketMillis, bucketCount: Math.floor((lastMillis - fromMillis) / bucketMillis) + 1 }
}
