import type { Metadata } from './observation.js'

/** A trace as Langfuse 3 keeps it: an object of its own beside its observations. Empty strings stand for "none". */
export interface LegacyTrace {
  readonly id: string
  readonly timestampMillis: number
  readonly createdAtMillis: number
  readonly updatedAtMillis: number
  readonly name: string
  readonly userId: string
  readonly sessionId: string
  readonly environment: string
  readonly release: string
  readonly version: string
  readonly tags: readonly string[]
  readonly public: boolean
  /** By its own keys only, unlike the metadata of version 4: what nests stands as JSON under the key it was sent with. */
  readonly metadata: Metadata
  readonly input: string
  readonly output: string
}

/** What the observations and scores of a trace add up to. */
export interface LegacyTraceFigures {
  /** From the first start to the last end. */
  readonly latencyMillis: number
  /** US dollars. */
  readonly totalCost: number
  /** By start. */
  readonly observationIds: readonly string[]
  /** Newest first. */
  readonly scoreIds: readonly string[]
}

/** A session as Langfuse 3 lists it: what the traces that name it have in common. */
export interface LegacySession {
  readonly id: string
  /** When the first of its traces was written. */
  readonly createdAtMillis: number
  readonly environment: string
}
