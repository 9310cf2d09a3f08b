import { type NumberSummary, summarizeNumbers } from '../dataset/summarize-items.js'
import type { ItemScore } from './item-result.js'

/** What the scores of one name say together. */
export interface MetricSummary {
  /** How many items have a score, have none, and could not be judged. */
  readonly scored: number
  readonly unscored: number
  readonly errors: number
  /** The numbers, yes counted as 1 and no as 0; `null` if there are none. */
  readonly numbers: NumberSummary | null
  /** How often each label was given. */
  readonly labels: Readonly<Record<string, number>>
}

/**
 * Sums up scores of one name.
 *
 * @param scores - The scores.
 * @returns The summary.
 */
export function summarizeMetric(scores: readonly ItemScore[]): MetricSummary {
  const values = scores.map(({ score }) => score)
  const labels = new Map<string, number>()
  const numbers: number[] = []
  for (const value of values) {
    if (typeof value === 'string') labels.set(value, (labels.get(value) ?? 0) + 1)
    else if (value !== null) numbers.push(Number(value))
  }
  const errors = scores.filter(({ error }) => error !== null).length
  const scored = values.filter((value) => value !== null).length
  return {
    scored,
    unscored: scores.length - scored - errors,
    errors,
    numbers: summarizeNumbers(numbers),
    labels: Object.fromEntries(labels),
  }
}
