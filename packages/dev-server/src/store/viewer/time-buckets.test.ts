import { describe, expect, it } from 'vitest'
import { timeBuckets } from './time-buckets.js'

const START = Date.parse('2026-11-23T04:00:00Z')
const HOUR = 3_600_000

describe('timeBuckets()', () => {
  it.each([
    ['one moment', START, START, 60, { fromMillis: START, bucketMillis: 1000, bucketCount: 1 }],
    ['a minute', START, START + 59_999, 60, { fromMillis: START, bucketMillis: 1000, bucketCount: 60 }],
    ['a little more', START, START + 60_000, 60, { fromMillis: START, bucketMillis: 5000, bucketCount: 13 }],
    ['a crooked start', START + 1234, START + HOUR, 60, { fromMillis: START, bucketMillis: 300_000, bucketCount: 13 }],
    ['before the epoch', -1500, -1, 60, { fromMillis: -2000, bucketMillis: 1000, bucketCount: 2 }],
  ])('timeBuckets() cuts %s into parts that are round on a clock', (_, first, last, maxBuckets, expected) => {
    expect(timeBuckets(first, last, maxBuckets)).toEqual(expected)
  })

  it('timeBuckets() finds parts for any span, the first and the last inside', () => {
    for (const last of [0, 1, HOUR, 400 * 24 * HOUR, Number.MAX_SAFE_INTEGER]) {
      const { fromMillis, bucketMillis, bucketCount } = timeBuckets(0, last, 60)
      expect(bucketCount).toBeLessThanOrEqual(60)
      expect([fromMillis <= 0, fromMillis + bucketCount * bucketMillis > last]).toEqual([true, true])
    }
  })
})
