import type { Db } from '../db.js'
import { readRows } from '../read-rows.js'
import type { ChartDimension, ScoreChart } from './chart.js'
import type { ChartWindow } from './chart-source.js'
import type { TimeBuckets } from './time-buckets.js'

/** Scores that are looked at, the newest. */
const MAX_SCORES = 50_000

/** Scores that get a chart, the most frequent. */
const MAX_CHARTS = 6

/** Which charts of scores to read. */
export interface ScoreChartQuery {
  readonly by: ChartDimension
  /** The names or models with a line of their own. */
  readonly shown: readonly string[]
  /** Whether all others have a line together. */
  readonly hasOthers: boolean
  readonly window: ChartWindow
  readonly buckets: TimeBuckets
}

/** A model has the scores of its calls, and those of whole traces in which it was called. */
const MODELS = `SELECT DISTINCT recent.id, recent.name AS score, recent.value, called.details ->> '$.model' AS name, trace_summaries.start_millis
  FROM recent JOIN trace_summaries USING (trace_id)
  JOIN observations AS called ON called.trace_id = recent.trace_id AND (recent.observation_id IS NULL OR recent.observation_id = called.id)
  WHERE called.details ->> '$.model' <> ''`

const NAMES = `SELECT recent.name AS score, recent.value, trace_summaries.name AS name, trace_summaries.start_millis
  FROM recent JOIN trace_summaries USING (trace_id) WHERE TRUE`

/**
 * Reads the mean of each score over time. A score counts for the time at which its trace began: it is judged later, often all at once.
 *
 * @param db The connection.
 * @param query Which charts.
 * @returns The charts of numeric and boolean scores, the most frequent first.
 */
export function readScoreCharts(db: Db, { by, shown, hasOthers, window, buckets }: ScoreChartQuery): ScoreChart[] {
  const sql = `WITH recent AS MATERIALIZED (
      SELECT id, name, value, trace_id, observation_id FROM scores
      WHERE trace_id IS NOT NULL AND data_type IN ('NUMERIC', 'BOOLEAN') ORDER BY timestamp_millis DESC, id DESC LIMIT ${MAX_SCORES}
    )
    SELECT score, name, CAST((start_millis - ?3) / ?4 AS INTEGER), count(*), total(value) FROM (${by === 'name' ? NAMES : MODELS})
    WHERE start_millis >= ?1 AND start_millis < ?2 GROUP BY 1, 2, 3`
  const { fromMillis, bucketMillis, bucketCount } = buckets
  const rows = readRows(db, { sql, values: [window.fromMillis, window.toMillis, fromMillis, bucketMillis] })
  const charts = new Map<string, Map<string | null, Means>>()
  for (const [score, name, bucket, count, sum] of rows) {
    const series = shown.includes(String(name)) ? String(name) : null
    if (series === null && !hasOthers) continue
    const lines = charts.get(String(score)) ?? new Map<string | null, Means>()
    charts.set(String(score), lines)
    const line = lines.get(series) ?? new Means(bucketCount)
    lines.set(series, line)
    line.add(Number(bucket), Number(count), Number(sum))
  }
  return [...charts]
    .sort(([one, ones], [other, others]) => countOf(others) - countOf(ones) || (one < other ? -1 : 1))
    .slice(0, MAX_CHARTS)
    .map(([name, lines]) => ({
      name,
      series: [...shown, null].flatMap((series) => {
        const line = lines.get(series)
        return line === undefined ? [] : [{ name: series, ...line.result() }]
      }),
    }))
}

function countOf(lines: ReadonlyMap<string | null, Means>): number {
  return [...lines.values()].reduce((sum, { count }) => sum + count, 0)
}

/** Means, part by part and of all. */
class Means {
  count = 0
  private sum = 0
  private readonly counts: number[]
  private readonly sums: number[]

  constructor(bucketCount: number) {
    this.counts = new Array<number>(bucketCount).fill(0)
    this.sums = new Array<number>(bucketCount).fill(0)
  }

  add(bucket: number, count: number, sum: number): void {
    this.counts[bucket] = (this.counts[bucket] ?? 0) + count
    this.sums[bucket] = (this.sums[bucket] ?? 0) + sum
    this.count += count
    this.sum += sum
  }

  result(): { mean: number; count: number; means: (number | null)[] } {
    const means = this.counts.map((count, bucket) => (count === 0 ? null : (this.sums[bucket] ?? 0) / count))
    return { mean: this.sum / this.count, count: this.count, means }
  }
}
