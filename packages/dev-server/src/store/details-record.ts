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
  const kept: Record<string, unknown> = {}
  for (const key of Object.keys(details) as (keyof ObservationDetails)[]) {
    const value = details[key]
    if (!isEmpty(key === 'experiment' && isNone(details.experiment) ? '' : value)) kept[key] = value
  }
  return sqlJson(kept)
}

/**
 * The details in their column. The cast is sound because only {@link toDetailsRecord} writes it.
 *
 * @param json The JSON, of this version or of one that left nothing out.
 * @returns The details.
 */
export function fromDetailsRecord(json: string): ObservationDetails {
  return { ...EMPTY, ...(JSON.parse(json) as Pick<ObservationDetails, 'createdAtMillis'>) }
}

function isEmpty(value: unknown): boolean {
  if (value === '' || value === null || value === false) return true
  if (typeof value !== 'object') return false
  if (Array.isArray(value)) return value.length === 0
  for (const _key in value) return false
  return true
}

function isNone(experiment: ObservationExperiment): boolean {
  const { id, name, datasetId, itemRootId } = experiment
  return id === '' && name === '' && datasetId === '' && itemRootId === ''
}
