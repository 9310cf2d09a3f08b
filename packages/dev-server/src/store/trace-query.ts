/** Which page of traces to read. */
export interface TraceQuery {
  /** Continue after this trace. */
  readonly after?: TracePosition | undefined
  /** How many at most. */
  readonly limit: number
}

/** The place of a trace in the order of all: by the start of its newest observation, then by its id, both descending. */
export interface TracePosition {
  readonly newestStartMillis: number
  readonly traceId: string
}
