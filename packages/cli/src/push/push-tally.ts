/** Something that the server did not take. */
export interface Refusal {
  /** What: `trace 4bf9…`, `prompt "a" version 2`. */
  readonly about: string
  readonly reason: string
}

/** What was done in a push; each number counts what was not there before. */
export interface PushTally {
  /** Traces that were sent, wholly or what was missing of them. */
  pushed: number
  /** Traces that were there. */
  skipped: number
  spans: number
  scores: number
  scoreConfigs: number
  promptVersions: number
  datasets: number
  datasetItems: number
  media: number
  comments: number
  /** What the next push tries again. */
  readonly refused: Refusal[]
  /** What is worth knowing and no failure. */
  readonly notes: Refusal[]
}

/** @returns A tally of nothing. */
export function emptyTally(): PushTally {
  return {
    ...{ pushed: 0, skipped: 0, spans: 0, scores: 0, scoreConfigs: 0, promptVersions: 0 },
    ...{ datasets: 0, datasetItems: 0, media: 0, comments: 0, refused: [], notes: [] },
  }
}
