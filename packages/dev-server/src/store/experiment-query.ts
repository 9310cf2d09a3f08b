import type { ObservationCondition } from './observation-query.js'

/** Which experiments to read. */
export interface ExperimentQuery {
  /** Observations from then on count, in milliseconds since the epoch. */
  readonly fromMillis: number
  /** Observations before then count. */
  readonly toMillis?: number | undefined
  /** Observations for which all hold make an experiment one that is wanted. */
  readonly conditions: readonly ObservationCondition[]
  /** Continue after this experiment. */
  readonly after?: ExperimentPosition | undefined
  /** How many at most. */
  readonly limit: number
}

/** The place of an experiment in the order of all: by the start of its newest observation, then by its id, both descending. */
export interface ExperimentPosition {
  readonly newestStartMillis: number
  readonly experimentId: string
}
