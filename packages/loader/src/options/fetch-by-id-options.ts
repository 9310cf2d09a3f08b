/** What goes with a fetch of something by its id. */
export interface FetchByIdOptions {
  /** Also reads the scores of the traces and of their observations. @default false */
  fetchScores?: boolean
  /** Ends the fetch with a `LoaderError` of code `aborted`. */
  signal?: AbortSignal
}
