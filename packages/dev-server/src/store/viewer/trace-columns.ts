/**
 * The observations of a trace as columns, oldest first: each array has an entry for each of them. A hundred thousand observations are a
 * dozen arrays this way, not a hundred thousand objects, in the database, on the wire and in the browser.
 */
export interface TraceColumns {
  readonly ids: readonly string[]
  readonly parentIds: readonly string[]
  /** Since the start of the trace. */
  readonly startOffsetsMillis: readonly number[]
  readonly durationsMillis: readonly number[]
  readonly types: readonly string[]
  readonly names: readonly string[]
  /** Only of those that are not `DEFAULT`; else empty. */
  readonly levels: readonly string[]
  readonly models: readonly string[]
  readonly totalTokens: readonly number[]
  /** US dollars. */
  readonly totalCosts: readonly number[]
  /** From the start of the observation to the first token; -1 for none. */
  readonly firstTokenMillis: readonly number[]
}
