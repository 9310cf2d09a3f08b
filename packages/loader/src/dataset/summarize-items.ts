import type { DatasetItem } from './dataset-item.js'

/** How a number is spread. */
export interface NumberSummary {
  readonly count: number
  readonly min: number
  readonly mean: number
  readonly median: number
  /** Nineteen of twenty are not larger. */
  readonly p95: number
  readonly max: number
}

/** What a dataset holds, in numbers. */
export interface DatasetSummary {
  readonly name: string
  readonly items: number
  /** How many items have something to say in each of these fields. */
  readonly filled: Readonly<Record<FilledField, number>>
  /** How many different traces and sessions they come from. */
  readonly traces: number
  readonly sessions: number
  /** How many items carry each tag, the most frequent first. */
  readonly tags: Readonly<Record<string, number>>
  /** How many items have each judgment, the most frequent first; of numbers see `judgmentNumbers`. */
  readonly judgments: Readonly<Record<string, number>>
  readonly judgmentNumbers: NumberSummary | null
  readonly latencySeconds: NumberSummary | null
  /** When the first and the last of them happened: ISO 8601 in UTC. */
  readonly from: string | null
  readonly to: string | null
}

type FilledField =
  | 'actualOutput'
  | 'expectedOutput'
  | 'retrievedContent'
  | 'conversation'
  | 'toolsCalled'
  | 'expectedTools'
  | 'acceptanceCriteria'
  | 'critique'

const FILLED_FIELDS: readonly FilledField[] = [
  'actualOutput',
  'expectedOutput',
  'retrievedContent',
  'conversation',
  'toolsCalled',
  'expectedTools',
  'acceptanceCriteria',
  'critique',
]

/**
 * Sums up items.
 *
 * @param name - The dataset's name.
 * @param items - The items.
 * @returns The numbers.
 */
export function summarizeItems(name: string, items: readonly DatasetItem[]): DatasetSummary {
  const judgments = items.map(({ judgment }) => judgment).filter((judgment) => judgment !== null)
  const times = items.map(({ sourceTimestamp }) => sourceTimestamp).filter((time) => time !== null)
  times.sort()
  const filled = FILLED_FIELDS.map((field) => [field, items.filter((item) => isFilled(item[field])).length] as const)
  return {
    name,
    items: items.length,
    // Object.fromEntries forgets which names it was given.
    filled: Object.fromEntries(filled) as Record<FilledField, number>,
    traces: countDistinct(items.map(({ traceId }) => traceId)),
    sessions: countDistinct(items.map(({ sessionId }) => sessionId)),
    tags: countEach(items.flatMap(({ tags }) => [...new Set(tags)])),
    judgments: countEach(judgments.filter((judgment) => typeof judgment !== 'number').map(String)),
    judgmentNumbers: summarizeNumbers(judgments.filter((judgment) => typeof judgment === 'number')),
    latencySeconds: summarizeNumbers(
      items.map(({ latencySeconds }) => latencySeconds).filter((value) => value !== null),
    ),
    from: times[0] ?? null,
    to: times.at(-1) ?? null,
  }
}

function isFilled(value: string | null | readonly unknown[]): boolean {
  return value !== null && value.length > 0
}

function countDistinct(values: readonly (string | null)[]): number {
  return new Set(values.filter((value) => value !== null)).size
}

function countEach(values: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return Object.fromEntries([...counts].sort(([one, few], [other, many]) => many - few || (one < other ? -1 : 1)))
}

/**
 * Tells how numbers are spread.
 *
 * @param numbers - The numbers.
 * @returns The summary; `null` of none.
 */
export function summarizeNumbers(numbers: readonly number[]): NumberSummary | null {
  const sorted = numbers.toSorted((one, other) => one - other)
  const [min] = sorted
  const max = sorted.at(-1)
  if (min === undefined || max === undefined) return null
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length
  return { count: sorted.length, min, mean, median: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), max }
}

// The smallest value that so great a share of them does not exceed; no values in between are made up.
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
