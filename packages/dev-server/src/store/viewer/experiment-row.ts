/** A score in the columns of experiments: the mean of all values, of which there is often only one. */
export interface MeanScore {
  readonly name: string
  readonly mean: number
  readonly count: number
}

/** What the items of an experiment add up to. */
export interface ExperimentTotals {
  readonly experimentId: string
  readonly itemCount: number
  readonly errorCount: number
  /** Of the items, on the average. */
  readonly meanLatencyMillis: number
  /** US dollars, of all items. */
  readonly totalCost: number
  readonly totalTokens: number
  /** Numeric and boolean scores of the items, and of the experiment as a whole, by name. */
  readonly scores: readonly MeanScore[]
}

/** An item of an experiment: what was made of a dataset item. */
export interface ExperimentRunItem {
  readonly itemId: string
  readonly traceId: string
  readonly observationId: string
  readonly startMillis: number
  readonly latencyMillis: number
  readonly isError: boolean
  readonly statusMessage: string
  /** US dollars. */
  readonly totalCost: number
  readonly totalTokens: number
  /** As it is stored: text, often JSON; its beginning, when it is very long. */
  readonly input: string
  readonly output: string
  readonly expectedOutput: string
  /** The newest of each name. */
  readonly scores: readonly {
    readonly name: string
    readonly value: number | string
    readonly comment: string | null
  }[]
}
