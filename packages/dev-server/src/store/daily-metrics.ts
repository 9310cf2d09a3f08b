import type { ObservationCondition } from './observation-query.js'
import type { PageRange, StoredPage } from './stored-page.js'

/** Which traces and observations to sum up by day; all conditions must hold. */
export interface DailyQuery {
  /** On traces. */
  readonly traces: readonly ObservationCondition[]
  /** On observations. */
  readonly observations: readonly ObservationCondition[]
  /** Whether observations count only where their trace does. */
  readonly isOfTraces: boolean
}

/** What was used of a model on a day. */
export interface DailyUsage {
  /** In UTC, as `YYYY-MM-DD`. */
  readonly date: string
  /** Null for observations without a model. */
  readonly model: string | null
  readonly inputUsage: number
  readonly outputUsage: number
  readonly totalUsage: number
  readonly totalCostUsd: number
  readonly countObservations: number
  readonly countTraces: number
}

/** A day, summed up. */
export interface DailyMetrics {
  readonly date: string
  readonly countTraces: number
  readonly countObservations: number
  readonly totalCostUsd: number
  readonly usage: readonly DailyUsage[]
}

/**
 * Sums up days, the last first.
 *
 * @param usage What was used, by day and model.
 * @param traces How many traces there were, by day.
 * @param range Which of the days.
 * @returns The days; as in Langfuse only those that have traces are counted.
 */
export function sumUpDays(
  usage: readonly DailyUsage[],
  traces: ReadonlyMap<string, number>,
  { limit, offset }: PageRange,
): StoredPage<DailyMetrics> {
  const dates = [...new Set([...traces.keys(), ...usage.map(({ date }) => date)])].sort().reverse()
  const rows = dates.slice(offset, offset + limit).map((date) => {
    const ofDay = usage.filter((used) => used.date === date).sort(byModel)
    return {
      date,
      countTraces: traces.get(date) ?? 0,
      countObservations: ofDay.reduce((sum, { countObservations }) => sum + countObservations, 0),
      totalCostUsd: ofDay.reduce((sum, { totalCostUsd }) => sum + totalCostUsd, 0),
      usage: ofDay,
    }
  })
  return { rows, total: traces.size }
}

/** By name; what has no model comes last. */
function byModel(a: DailyUsage, b: DailyUsage): number {
  if (a.model === null || b.model === null) return a.model === b.model ? 0 : a.model === null ? 1 : -1
  return a.model < b.model ? -1 : 1
}
