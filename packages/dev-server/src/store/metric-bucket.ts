import type { MetricGranularity } from './metric-query.js'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const LENGTHS = { minute: MINUTE, hour: 60 * MINUTE, day: DAY, week: 7 * DAY } as const

/**
 * When the group of time begins that a time is in. Weeks begin on Mondays; all is UTC.
 *
 * @param millis The time.
 * @param granularity How long the groups are.
 * @returns The begin.
 */
export function bucketStart(millis: number, granularity: MetricGranularity): number {
  if (granularity === 'month') {
    const date = new Date(millis)
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
  }
  // The epoch was a Thursday.
  const offset = granularity === 'week' ? 3 * DAY : 0
  const length = LENGTHS[granularity]
  return Math.floor((millis + offset) / length) * length - offset
}

/**
 * When the next group of time begins.
 *
 * @param startMillis When a group begins.
 * @param granularity How long the groups are.
 * @returns When the one after it does.
 */
export function nextBucket(startMillis: number, granularity: MetricGranularity): number {
  if (granularity !== 'month') return startMillis + LENGTHS[granularity]
  const date = new Date(startMillis)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1)
}

/**
 * A group of time as ClickHouse writes it: days and longer as a date, what is shorter as a time without fractions.
 *
 * @param startMillis When it begins.
 * @param granularity How long it is.
 * @returns The text.
 */
export function bucketName(startMillis: number, granularity: MetricGranularity): string {
  const iso = new Date(startMillis).toISOString()
  return granularity === 'minute' || granularity === 'hour' ? `${iso.slice(0, 19)}Z` : iso.slice(0, 10)
}
