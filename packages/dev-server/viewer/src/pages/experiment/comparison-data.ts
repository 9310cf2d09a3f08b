import type { ExperimentRow } from '../experiments/experiment-row.js'

/** What an experiment made of an item. */
export interface ComparedCell {
  readonly traceId: string
  readonly observationId: string
  readonly latencyMillis: number
  readonly isError: boolean
  readonly statusMessage: string
  readonly totalCost: number
  readonly totalTokens: number
  readonly output: string
  readonly scores: readonly {
    readonly name: string
    readonly value: number | string
    readonly comment: string | null
  }[]
}

/** An item and what each experiment made of it. */
export interface ComparedItem {
  readonly itemId: string
  readonly input: string
  readonly expectedOutput: string
  /** One for each experiment; null where it did not run the item. */
  readonly cells: readonly (ComparedCell | null)[]
}

/** As `GET /viewer/api/comparison` gives it. */
export interface ComparisonAnswer {
  readonly runs: readonly ExperimentRow[]
  readonly items: readonly ComparedItem[]
  /** Whether an experiment has more items than are here. */
  readonly isCut: boolean
}
