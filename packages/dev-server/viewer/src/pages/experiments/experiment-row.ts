/** The mean of a score. */
export interface MeanScore {
  readonly name: string
  readonly mean: number
  readonly count: number
}

/** An experiment as `GET /viewer/api/experiments` gives it. */
export interface ExperimentRow {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly datasetId: string
  /** Empty when there is no dataset of that id. */
  readonly datasetName: string
  readonly metadata: Readonly<Record<string, string>>
  readonly startMillis: number
  readonly totals: {
    readonly itemCount: number
    readonly errorCount: number
    readonly meanLatencyMillis: number
    readonly totalCost: number
    readonly totalTokens: number
    readonly scores: readonly MeanScore[]
  }
}

/**
 * The address of experiments side by side.
 *
 * @param ids The experiments; the others are compared with the first.
 * @returns Path and query.
 */
export function comparisonAddress(ids: readonly string[]): string {
  const [first = '', ...others] = ids
  const query = new URLSearchParams(others.map((id): [string, string] => ['with', id])).toString()
  return `/experiments/${encodeURIComponent(first)}${query === '' ? '' : `?${query}`}`
}
