import type { ObservationDetails, ObservationExperiment } from '../model/observation.js'
import { sqlJson } from './sql-value.js'

const NO_EXPERIMENT: ObservationExperiment = { id: '', name: '', datasetId: '', itemRootId: '' }

/** What a row says that does not say anything. */
const EMPTY: Omit<ObservationDetails, 'createdAtMillis'> = {
  statusMessage: '',
  version: '',
  release: '',
  public: false,
  completionStartMillis: null,
  model: '',
  modelId: '',
  modelParameters: {},
  usageDetails: {},
  costDetails: {},
  pricingTierId: null,
  pricingTierName: null,
  promptName: '',
  promptVersion: null,
  offeredTools: [],
  calledTools: [],
  experiment: NO_EXPERIMENT,
  sdkName: '',
  sdkVersion: '',
  apiKey: '',
}

/**
 * The details of an observation as the JSON of their column. What is empty is left out: most details of most observations are,
 * and every byte of a row is written twice, to the log and to the file.
 *
 * @param details The details.
 * @returns The JSON.
 */
export function toDetailsRecord(details: ObservationDetails): string {
  const { experiment } = details
  // JSON leaves out what is undefined. One literal for all rows: an object that is put together key by key costs several times as much.
  return sqlJson({
    createdAtMillis: details.createdAtMillis,
    statusMessage: details.statusMessage || undefined,
    version: details.version || undefined,
    release: details.release || undefined,
    public: details.public || undefined,
    completionStartMillis: details.completionStartMillis ?? undefined,
    model: details.model || undefined,
    modelId: details.modelId || undefined,
    modelParameters: unlessEmpty(details.modelParameters),
    usageDetails: unlessEmpty(details.usageDetails),
    costDetails: unlessEmpty(details.costDetails),
    pricingTierId: details.pricingTierId || undefined,
    pricingTierName: details.pricingTierName || undefined,
    promptName: details.promptName || undefined,
    promptVersion: details.promptVersion ?? undefined,
    offeredTools: unlessEmpty(details.offeredTools),
    calledTools: unlessEmpty(details.calledTools),
    experiment: isNone(experiment) ? undefined : experiment,
    sdkName: details.sdkName || undefined,
    sdkVersion: details.sdkVersion || undefined,
    apiKey: details.apiKey || undefined,
  } satisfies Complete<ObservationDetails>)
}

/** So that a detail that is added is not forgotten here. */
type Complete<T> = { readonly [K in keyof Required<T>]: T[K] | undefined }

/**
 * The details in their column. The cast is sound because only {@link toDetailsRecord} writes it.
 *
 * @param json The JSON, of this version or of one that left nothing out.
 * @returns The details.
 */
export function fromDetailsRecord(json: string): ObservationDetails {
  return { ...EMPTY, ...(JSON.parse(json) as Pick<ObservationDetails, 'createdAtMillis'>) }
}

function unlessEmpty<T extends object>(value: T): T | undefined {
  for (const _key in value) return value
  return undefined
}

function isNone(experiment: ObservationExperiment): boolean {
  const { id, name, datasetId, itemRootId } = experiment
  return id === '' && name === '' && datasetId === '' && itemRootId === ''
}
