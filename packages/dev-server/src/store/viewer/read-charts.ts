import type { Db } from '../db.js'
import { readRows } from '../read-rows.js'
import type { ChartQuery, ChartSeries, Charts } from './chart.js'
import { type ChartWindow, chartWindow } from './chart-source.js'
import { BIN_GROWTH, DurationHistogram } from './duration-histogram.js'
import { readScoreCharts } from './read-score-charts.js'
import { type TimeBuckets, timeBuckets } from './time-buckets.js'

/** Lines that can be told apart by colour. */
const MAX_SERIES = 5

/** Names that can be chosen. */
const MAX_OFFERED = 100

/** What happened in one part of the time, in durations of one bin. */
interface Group {
  readonly name: string
  readonly bucket: number
  readonly bin: number
  readonly count: number
  readonly durationMillis: number
  readonly failed: number
  readonly tokens: number
  readonly cost: number
}

/**
 * Reads what the charts show: how much there was over time, how long it took, what it cost, and how good it was.
 *
 * @param db The connection.
 * @param query Which charts.
 * @returns The charts; no parts of time when there is nothing in it.
 */
export function readCharts(db: Db, query: ChartQuery): Charts {
  const window = chartWindow(db, query)
  if (window === undefined) {
    return { fromMillis: 0, bucketMillis: 0, bucketCount: 0, series: [], scores: [], offered: [], isPartial: false }
  }
  const buckets = timeBuckets(window.fromMillis, window.toMillis - 1, query.maxBuckets)
  const groups = readGroups(db, window, buckets)
  const offered = namesByCount(groups)
  const shown = query.only.length > 0 ? query.only : offered.slice(0, MAX_SERIES)
  const isShown = new Set(shown)
  const others = query.only.length > 0 ? [] : groups.filter(({ name }) => !isShown.has(name))
  return {
    ...buckets,
    series: [
      ...shown.map((name) =>
        toSeries(
          name,
          groups.filter((group) => group.name === name),
          buckets.bucketCount,
        ),
      ),
      ...(others.length === 0 ? [] : [toSeries(null, others, buckets.bucketCount)]),
    ],
    scores: readScoreCharts(db, { by: query.by, shown, hasOthers: others.length > 0, window, buckets }),
    offered: offered.slice(0, MAX_OFFERED),
    isPartial: window.isPartial,
  }
}

/** Durations are counted in bins by the engine: bringing every row here would take several times as long. */
function readGroups(db: Db, window: ChartWindow, { fromMillis, bucketMillis }: TimeBuckets): Group[] {
  const sql = `SELECT name, CAST((start_millis - ?3) / ?4 AS INTEGER), CAST(ln(max(duration, 1)) / ${Math.log(BIN_GROWTH)} AS INTEGER),
      count(*), total(duration), sum(failed), total(tokens), total(cost) FROM ${window.sql} GROUP BY 1, 2, 3`
  return readRows(db, { sql, values: [window.fromMillis, window.toMillis, fromMillis, bucketMillis] }).map((row) => ({
    name: String(row[0]),
    bucket: Number(row[1]),
    bin: Number(row[2]),
    count: Number(row[3]),
    durationMillis: Number(row[4]),
    failed: Number(row[5]),
    tokens: Number(row[6]),
    cost: Number(row[7]),
  }))
}

function namesByCount(groups: readonly Group[]): string[] {
  const counts = new Map<string, number>()
  for (const { name, count } of groups) counts.set(name, (counts.get(name) ?? 0) + count)
  return [...counts]
    .sort(([one, ones], [other, others]) => others - ones || (one < other ? -1 : 1))
    .map(([name]) => name)
}

function toSeries(name: string | null, groups: readonly Group[], bucketCount: number): ChartSeries {
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
