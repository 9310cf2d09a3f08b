import type { ModelFinder } from '../mapping/model-prices.js'
import { priceUsage } from '../mapping/price-usage.js'
import type { LegacyDetails, LegacyObservation } from '../model/legacy-observation.js'
import type { Metadata } from '../model/observation.js'
import type { PromptStore } from '../store/prompt-store.js'

/** What one span or event says of an observation; what it does not say stays as it was. */
export interface ObservationUpdate
  extends Partial<Omit<LegacyObservation, 'id' | 'traceId' | 'createdAtMillis' | 'updatedAtMillis' | 'details'>> {
  readonly id: string
  readonly traceId: string
  readonly details: Partial<StatedDetails>
}

/** What senders say themselves; the rest is looked up and calculated. */
export type StatedDetails = Pick<
  LegacyDetails,
  | 'statusMessage'
  | 'completionStartMillis'
  | 'model'
  | 'modelParameters'
  | 'usageDetails'
  | 'statedCost'
  | 'promptName'
  | 'promptVersion'
>

/** What is looked up. */
export interface LegacyLookups {
  readonly findModel: ModelFinder
  readonly prompts: PromptStore
}

/**
 * Brings an observation up to date: of two that say something the later counts, metadata add up, and the cost is made again from all that
 * is known.
 *
 * @param known The observation as it is stored; undefined for a new one.
 * @param update What is said of it.
 * @param nowMillis What time it is.
 * @param lookups Prices and prompts.
 * @returns The observation to store.
 */
export function mergeObservation(
  known: LegacyObservation | undefined,
  update: ObservationUpdate,
  nowMillis: number,
  lookups: LegacyLookups,
): LegacyObservation {
  const base = known ?? { ...EMPTY, startTimeMillis: nowMillis, createdAtMillis: nowMillis }
  const { details, metadata, ...said } = update
  const merged = { ...base.metadata, ...metadata }
  return {
    ...base,
    ...given(said),
    id: update.id,
    traceId: update.traceId,
    updatedAtMillis: nowMillis,
    metadata: merged,
    details: complete({ ...base.details, ...given(details) }, merged, lookups),
  }
}

function complete(stated: StatedDetails, metadata: Metadata, { findModel, prompts }: LegacyLookups): LegacyDetails {
  const { model, usageDetails, statedCost, modelParameters, promptName, promptVersion } = stated
  const found = model === '' ? undefined : findModel(model)
  const prompt =
    promptName === '' ? undefined : prompts.findPrompts(promptName).find(({ version }) => version === promptVersion)
  return {
    ...stated,
    ...priceUsage(found, usageDetails, statedCost, { parameters: modelParameters ?? {}, metadata }),
    // Unlike version 4, version 3 knows of a prompt only where the project has it.
    promptId: prompt?.id ?? null,
  }
}

const NO_DETAILS: StatedDetails = {
  ...{ statusMessage: '', completionStartMillis: null, model: '', modelParameters: null },
  ...{ usageDetails: {}, statedCost: {}, promptName: '', promptVersion: null },
}

const EMPTY: Omit<
  LegacyObservation,
  'id' | 'traceId' | 'startTimeMillis' | 'createdAtMillis' | 'updatedAtMillis' | 'details'
> & {
  readonly details: StatedDetails
} = {
  ...{ parentObservationId: '', endTimeMillis: null, type: 'SPAN', name: '', level: 'DEFAULT' },
  ...{ environment: 'default', version: '', details: NO_DETAILS, metadata: {}, input: '', output: '' },
}

/** What is empty says nothing. */
function given<T extends object>(said: T): Partial<T> {
  const entries = Object.entries(said).filter(([, value]) => value !== undefined && value !== null && value !== '')
  // A part of the entries of `said` is a part of it.
  return Object.fromEntries(entries) as Partial<T>
}
