import type { ChartQuery, ChartSeries, Charts } from './chart.js'
import { drawScoreCharts, type ScoreGroup } from './draw-score-charts.js'
import { DurationHistogram } from './duration-histogram.js'
import { type TimeBuckets, timeBuckets } from './time-buckets.js'

/** Lines that can be told apart by colour. */
const MAX_SERIES = 5

/** Names that can be chosen. */
const MAX_OFFERED = 100

/** What happened in one part of the time, in durations of one bin. */
export interface ChartGroup {
  readonly name: string
  readonly bucket: number
  /** See `DurationHistogram`. */
  readonly bin: number
  readonly count: number
  /** All durations together. */
  readonly durationMillis: number
  readonly failed: number
  readonly tokens: number
  /** US dollars. */
  readonly cost: number
}

/** What charts are drawn from. */
export interface ChartRows {
  readonly fromMillis: number
  /** Exclusive. */
  readonly toMillis: number
  /** Whether there are older rows in the time that was asked for, which are left out. */
  readonly isPartial: boolean
  readonly readGroups: (buckets: TimeBuckets) => readonly ChartGroup[]
  readonly readScoreGroups: (buckets: TimeBuckets) => readonly ScoreGroup[]
}

/**
 * Draws charts: how much there was over time, how long it took, what it cost, and how good it was.
 *
 * @param query Which charts.
 * @param rows What to draw them from; undefined when there is nothing.
 * @returns The charts; no parts of time when there is nothing in it.
 */
export function drawCharts({ only, maxBuckets }: ChartQuery, rows: ChartRows | undefined): Charts {
  if (rows === undefined) {
    return { fromMillis: 0, bucketMillis: 0, bucketCount: 0, series: [], scores: [], offered: [], isPartial: false }
  }
  const buckets = timeBuckets(rows.fromMillis, rows.toMillis - 1, maxBuckets)
  const groups = rows.readGroups(buckets)
  const offered = namesByCount(groups)
  const shown = only.length > 0 ? only : offered.slice(0, MAX_SERIES)
  const isShown = new Set(shown)
  const others = only.length > 0 ? [] : groups.filter(({ name }) => !isShown.has(name))
  const { bucketCount } = buckets
  const named = shown.map((name) => {
    const own = groups.filter((group) => group.name === name)
    return toSeries(name, own, bucketCount)
  })
  return {
    ...buckets,
    series: [...named, ...(others.length === 0 ? [] : [toSeries(null, others, bucketCount)])],
    scores: drawScoreCharts(rows.readScoreGroups(buckets), { shown, hasOthers: others.length > 0, bucketCount }),
    offered: offered.slice(0, MAX_OFFERED),
    isPartial: rows.isPartial,
  }
}

function namesByCount(groups: readonly ChartGroup[]): string[] {
  const counts = new Map<string, number>()
  for (const { name, count } of groups) counts.set(name, (counts.get(name) ?? 0) + count)
  return [...counts]
    .sort(([one, ones], [other, others]) => others - ones || (one < other ? -1 : 1))
    .map(([name]) => name)
}

function toSeries(name: string | null, groups: readonly ChartGroup[], bucketCount: number): ChartSeries {
  const zeros = (): number[] => new Array<number>(bucketCount).fill(0)
  const [counts, errorCounts, tokens, costs] = [zeros(), zeros(), zeros(), zeros()]
  const histograms = counts.map(() => new DurationHistogram())
  const all = new DurationHistogram()
  for (const { bucket, bin, count, durationMillis, ...sums } of groups) {
    addAt(counts, bucket, count)
    addAt(errorCounts, bucket, sums.failed)
    addAt(tokens, bucket, sums.tokens)
    addAt(costs, bucket, sums.cost)
    histograms[bucket]?.add(bin, count, durationMillis)
    all.add(bin, count, durationMillis)
  }
  const percentiles = histograms.map((histogram) => histogram.percentiles())
  return {
    name,
    counts,
    errorCounts,
    tokens,
    costs,
    latencies: {
      p50: percentiles.map(({ p50 }) => p50),
      p90: percentiles.map(({ p90 }) => p90),
      p95: percentiles.map(({ p95 }) => p95),
      p99: percentiles.map(({ p99 }) => p99),
    },
    totals: {
      count: sum(counts),
      errorCount: sum(errorCounts),
      tokens: sum(tokens),
      cost: sum(costs),
      latency: all.percentiles(),
    },
  }
}

function addAt(list: number[], index: number, value: number): void {
  list[index] = (list[index] ?? 0) + value
}

function sum(values: readonly number[]): number {
  return values.reduce((before, value) => before + value, 0)
}
