import type { LegacyObservation } from '../../model/legacy-observation.js'
import type { UsageDetails } from '../../model/observation.js'
import type { DailyUsage } from '../daily-metrics.js'
import { groupBy } from './group-by.js'

/**
 * Sums up observations by day and model.
 *
 * @param observations The observations.
 * @returns What was used.
 */
export function sumUpMemoryUsage(observations: readonly LegacyObservation[]): DailyUsage[] {
  const groups = groupBy(observations, ({ startTimeMillis, details }) =>
    JSON.stringify([dateOf(startTimeMillis), details.model || null]),
  )
  return [...groups].map(([key, members]) => {
    const [date, model] = JSON.parse(key) as [string, string | null]
    const sum = (read: (row: LegacyObservation) => number): number => members.reduce((all, row) => all + read(row), 0)
    return {
      date,
      model,
      inputUsage: sum(({ details }) => unitsOf(details.usageDetails, 'input')),
      outputUsage: sum(({ details }) => unitsOf(details.usageDetails, 'output')),
      totalUsage: sum(({ details }) => details.usageDetails.total ?? 0),
      totalCostUsd: sum(({ details }) => details.costDetails.total ?? 0),
      countObservations: members.length,
      countTraces: new Set(members.map(({ traceId }) => traceId)).size,
    }
  })
}

/**
 * The day a time is in.
 *
 * @param millis The time.
 * @returns The day in UTC, as `YYYY-MM-DD`.
 */
export function dateOf(millis: number): string {
  return new Date(millis).toISOString().slice(0, 10)
}

function unitsOf(usage: UsageDetails, part: string): number {
  return Object.entries(usage).reduce(
    (sum, [kind, units]) => (kind.toLowerCase().includes(part) ? sum + units : sum),
    0,
  )
}
