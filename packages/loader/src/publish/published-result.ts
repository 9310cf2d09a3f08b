import type { DatasetItemFields } from '../dataset/item-fields.js'

/** A score that may be published. */
export interface PublishableScore {
  readonly name: string
  readonly score: number | boolean | string | null
  readonly reason: string | null
  readonly error: string | null
  readonly metadata: Readonly<Record<string, unknown>>
}

/** What became of an item, as far as Langfuse is told. */
export interface PublishableItem {
  readonly item: DatasetItemFields
  readonly output: unknown
  readonly error: string | null
  readonly scores: readonly PublishableScore[]
  readonly startTime: Date
  readonly latencySeconds: number | null
  readonly traceId: string | null
  readonly observationId: string | null
}

/** What is published: the result of an evaluation. */
export interface PublishableResult {
  /** The dataset's name. */
  readonly name: string
  readonly items: readonly PublishableItem[]
  readonly startTime: Date
}
