import type { Metadata, ModelParameters, ObservationDetails } from './observation.js'
import type { ObservationLevel } from './observation-level.js'
import type { ObservationType } from './observation-type.js'

/** An observation as Langfuse 3 keeps it. Empty strings stand for "none". */
export interface LegacyObservation {
  readonly id: string
  readonly traceId: string
  readonly parentObservationId: string
  readonly startTimeMillis: number
  /** Null while it runs. */
  readonly endTimeMillis: number | null
  readonly createdAtMillis: number
  readonly updatedAtMillis: number
  readonly type: ObservationType
  readonly name: string
  readonly level: ObservationLevel
  readonly environment: string
  readonly version: string
  readonly details: LegacyDetails
  /** By its own keys only, see `LegacyTrace`. */
  readonly metadata: Metadata
  readonly input: string
  readonly output: string
}

/** What no query asks for by itself. */
export interface LegacyDetails
  extends Pick<
    ObservationDetails,
    | 'statusMessage'
    | 'completionStartMillis'
    | 'model'
    | 'modelId'
    | 'usageDetails'
    | 'costDetails'
    | 'pricingTierId'
    | 'pricingTierName'
    | 'promptName'
    | 'promptVersion'
  > {
  /** Null for spans and events, which have none in version 3. */
  readonly modelParameters: ModelParameters | null
  /** What the sender said it cost, from which `costDetails` are made again when more arrives. */
  readonly statedCost: ObservationDetails['costDetails']
  /** The prompt of that name and version, where the project had one; null otherwise. */
  readonly promptId: string | null
}
