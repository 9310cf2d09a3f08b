import type { Score } from '../../model/score.js'
import type { ChartQuery } from '../viewer/chart.js'
import type { ChartGroup, ChartRows } from '../viewer/draw-charts.js'
import type { ScoreGroup } from '../viewer/draw-score-charts.js'
import { BIN_GROWTH } from '../viewer/duration-histogram.js'
import type { TimeBuckets } from '../viewer/time-buckets.js'
import { maxOf, minOf } from './extremes.js'
import type { TraceSum } from './trace-sum.js'

/** What one trace, or one call of a model, adds to the charts. */
interface ChartRow {
  readonly name: string
  readonly startMillis: number
  readonly durationMillis: number
  readonly isFailed: boolean
  readonly tokens: number
  readonly cost: number
}

/**
 * Finds what charts are drawn from.
 *
 * @param traces All traces.
 * @param scores All scores.
 * @param query Which charts.
 * @returns The rows in the time that was asked for, the newest if there are too many; undefined when there are none.
 */
export function memoryChartRows(
  traces: readonly TraceSum[],
  scores: readonly Score[],
  { by, fromMillis, toMillis, maxRows = Number.POSITIVE_INFINITY }: ChartQuery,
): ChartRows | undefined {
  const asked = (by === 'name' ? traces.map(ofTrace) : traces.flatMap(ofCalls))
    .filter(({ startMillis }) => startMillis >= (fromMillis ?? Number.NEGATIVE_INFINITY))
    .filter(({ startMillis }) => startMillis < (toMillis ?? Number.POSITIVE_INFINITY))
    .sort((one, other) => other.startMillis - one.startMillis)
  const tooOld = asked[maxRows]
  const rows = tooOld === undefined ? asked : asked.filter(({ startMillis }) => startMillis > tooOld.startMillis)
  if (rows.length === 0) return undefined
  const starts = rows.map(({ startMillis }) => startMillis)
  const first = tooOld === undefined ? (fromMillis ?? minOf(starts)) : tooOld.startMillis + 1
  const end = toMillis ?? maxOf(starts) + 1
  const isWithin = ({ startMillis }: { readonly startMillis: number }): boolean =>
    startMillis >= first && startMillis < end
  return {
    ...{ fromMillis: first, toMillis: end, isPartial: tooOld !== undefined },
    // Observations that call no model take part in finding the time, as they do in the other store.
    readGroups: (buckets) =>
      rows.filter(({ name }) => name !== '' || by === 'name').map((row) => toGroup(row, buckets)),
    readScoreGroups: (buckets) =>
      scoreGroups(traces.filter(isWithin), scores, by).map(({ startMillis, ...group }) => ({
        ...group,
        bucket: bucketOf(startMillis, buckets),
      })),
  }
}

function ofTrace({ name, startMillis, endMillis, errorCount, totalTokens, totalCost }: TraceSum): ChartRow {
  const durationMillis = endMillis - startMillis
  return { name, startMillis, durationMillis, isFailed: errorCount > 0, tokens: totalTokens, cost: totalCost }
}

function ofCalls({ observations }: TraceSum): ChartRow[] {
  return observations.map(({ startTimeMillis, endTimeMillis, level, details }) => ({
    name: details.model,
    startMillis: startTimeMillis,
    durationMillis: endTimeMillis - startTimeMillis,
    isFailed: level === 'ERROR',
    tokens: details.usageDetails.total ?? 0,
    cost: details.costDetails.total ?? 0,
  }))
}

function toGroup(
  { name, startMillis, durationMillis, isFailed, tokens, cost }: ChartRow,
  buckets: TimeBuckets,
): ChartGroup {
  const bin = Math.trunc(Math.log(Math.max(durationMillis, 1)) / Math.log(BIN_GROWTH))
  const bucket = bucketOf(startMillis, buckets)
  return { name, bucket, bin, count: 1, durationMillis, failed: isFailed ? 1 : 0, tokens, cost }
}

function bucketOf(millis: number, { fromMillis, bucketMillis }: TimeBuckets): number {
  return Math.trunc((millis - fromMillis) / bucketMillis)
}

/** A model has the scores of its calls, and those of whole traces in which it was called. */
function scoreGroups(
  traces: readonly TraceSum[],
  scores: readonly Score[],
  by: ChartQuery['by'],
): (Omit<ScoreGroup, 'bucket'> & { readonly startMillis: number })[] {
  const byId = new Map(traces.map((trace) => [trace.traceId, trace]))
  return scores.flatMap(({ name: score, value, dataType, traceId, observationId }) => {
    const trace = byId.get(traceId ?? '')
    if (trace === undefined || traceId === null || (dataType !== 'NUMERIC' && dataType !== 'BOOLEAN')) return []
    const called = trace.observations.filter(({ id }) => observationId === null || observationId === id)
    const models = new Set(called.map(({ details }) => details.model).filter((model) => model !== ''))
    const names = by === 'name' ? [trace.name] : [...models]
    return names.map((name) => ({ score, name, startMillis: trace.startMillis, count: 1, sum: value }))
  })
}
