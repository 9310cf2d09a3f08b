import type { ScoreChart } from './chart.js'

/** Scores that get a chart, the most frequent. */
const MAX_CHARTS = 6

/** Scores of one name in one part of the time, of traces of one name or of one model. */
export interface ScoreGroup {
  readonly score: string
  readonly name: string
  readonly bucket: number
  readonly count: number
  readonly sum: number
}

/** Which lines the charts have. */
export interface ScoreLines {
  /** The names or models with a line of their own. */
  readonly shown: readonly string[]
  /** Whether all others have a line together. */
  readonly hasOthers: boolean
  readonly bucketCount: number
}

/**
 * Draws the mean of each score over time.
 *
 * @param groups What to draw them from.
 * @param lines Which lines they have.
 * @returns The charts, those of the most frequent scores first.
 */
export function drawScoreCharts(
  groups: readonly ScoreGroup[],
  { shown, hasOthers, bucketCount }: ScoreLines,
): ScoreChart[] {
  const charts = new Map<string, Map<string | null, Means>>()
  for (const { score, name, bucket, count, sum } of groups) {
    const series = shown.includes(name) ? name : null
    if (series === null && !hasOthers) continue
    const lines = charts.get(score) ?? new Map<string | null, Means>()
    charts.set(score, lines)
    const line = lines.get(series) ?? new Means(bucketCount)
    lines.set(series, line)
    line.add(bucket, count, sum)
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
