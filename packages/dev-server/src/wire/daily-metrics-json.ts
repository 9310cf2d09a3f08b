import type { DailyMetrics } from '../store/daily-metrics.js'

/**
 * A day as `GET /api/public/metrics/daily` shows it.
 *
 * @param day The day.
 * @returns What to serialize.
 */
export function dailyMetricsJson({
  date,
  countTraces,
  countObservations,
  totalCostUsd,
  usage,
}: DailyMetrics): Record<string, unknown> {
  return {
    ...{ date, countTraces, countObservations, totalCost: dollars(totalCostUsd) },
    usage: usage.map((used) => ({
      model: used.model,
      inputUsage: used.inputUsage,
      outputUsage: used.outputUsage,
      totalUsage: used.totalUsage,
      totalCost: dollars(used.totalCostUsd),
      countObservations: used.countObservations,
      countTraces: used.countTraces,
    })),
  }
}

/** Langfuse sums up decimals of twelve places, and not doubles. */
function dollars(sum: number): number {
  return Number(sum.toFixed(12))
}
