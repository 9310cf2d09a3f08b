import type { ObservationLevel } from './observation-level.js'
import type { ObservationType } from './observation-type.js'

/** Units by kind of usage (`input`, `output`, `total`, `input_cached_tokens`, …), whole and not negative. */
export type UsageDetails = Record<string, number>

/** US dollars by kind of usage, plus `total`. */
export type CostDetails = Record<string, number>

/** Metadata as it is stored: flat, nested keys joined with dots, every value as text. */
export type Metadata = Record<string, string>

/** Model parameters: numbers and strings; what else was sent is kept as its JSON. */
export type ModelParameters = Record<string, string | number | null>

/** An observation as it is stored. Empty strings stand for "none", as they do in Langfuse and in its answers. */
export interface Observation {
  readonly id: string
  readonly traceId: string
  readonly parentObservationId: string
  readonly startTimeMillis: number
  readonly endTimeMillis: number
  readonly type: ObservationType
  readonly name: string
  readonly level: ObservationLevel
  readonly environment: string
  readonly userId: string
  readonly sessionId: string
  /** What a span attribute says, or the root's own name; null when neither is there. */
  readonly traceName: string | null
  /** A span without parent, or one its sender declared the root. */
  readonly isRoot: boolean
  readonly tags: readonly string[]
  readonly details: ObservationDetails
  readonly metadata: Metadata
  readonly input: string
  readonly output: string
}

/** The fields that are filtered on rarely: they share one JSON column, which keeps rows narrow and writes fast. */
export interface ObservationDetails {
  readonly createdAtMillis: number
  readonly statusMessage: string
  readonly version: string
  readonly release: string
  readonly public: boolean
  readonly completionStartMillis: number | null
  readonly model: string
  readonly modelId: string
  readonly modelParameters: ModelParameters
  readonly usageDetails: UsageDetails
  readonly costDetails: CostDetails
  readonly pricingTierId: string | null
  readonly pricingTierName: string | null
  readonly promptName: string
  readonly promptVersion: number | null
  readonly offeredTools: readonly string[]
  readonly calledTools: readonly string[]
  readonly experiment: ObservationExperiment
  readonly sdkName: string
  readonly sdkVersion: string
  readonly apiKey: string
}

/** The experiment an observation belongs to, from `langfuse.experiment.*`. */
export interface ObservationExperiment {
  readonly id: string
  readonly name: string
  readonly datasetId: string
  readonly itemRootId: string
  // What follows is there only where `id` is: most observations belong to no experiment, and every row would pay for it.
  readonly description?: string
  readonly metadata?: Metadata
  readonly itemId?: string
  /** Which version of the dataset item it was, by the time from which on that version held. */
  readonly itemVersionMillis?: number | null
  readonly itemMetadata?: Metadata
  readonly expectedOutput?: string
}
