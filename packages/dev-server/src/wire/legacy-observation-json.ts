import type { PriceFinder } from '../mapping/model-prices.js'
import type { LegacyDetails, LegacyObservation } from '../model/legacy-observation.js'
import { isoTime } from './date-time.js'
import { PROJECT } from './identity.js'
import { legacyMetadata, legacyPayload } from './legacy-trace-json.js'

/** Where an observation is shown. Version 3 says "no price" differently in each: see `prices` below. */
export type ObservationPlace = 'list' | 'single' | 'trace'

/**
 * An observation as version 3 shows it.
 *
 * @param observation The observation.
 * @param place In which answer.
 * @param findPrices Finds the prices of its model.
 * @returns What to serialize.
 */
export function legacyObservationJson(
  observation: LegacyObservation,
  place: ObservationPlace,
  findPrices: PriceFinder,
): Record<string, unknown> {
  const { details, startTimeMillis, endTimeMillis } = observation
  const isLinked = details.promptId !== null
  return {
    id: observation.id,
    traceId: observation.traceId,
    startTime: isoTime(startTimeMillis),
    endTime: endTimeMillis === null ? null : isoTime(endTimeMillis),
    projectId: PROJECT.id,
    parentObservationId: observation.parentObservationId || null,
    type: observation.type,
    environment: observation.environment,
    name: observation.name || null,
    level: observation.level,
    statusMessage: details.statusMessage || null,
    version: observation.version || null,
    createdAt: isoTime(observation.createdAtMillis),
    updatedAt: isoTime(observation.updatedAtMillis),
    input: legacyPayload(observation.input),
    output: legacyPayload(observation.output),
    metadata: legacyMetadata(observation.metadata),
    model: details.model || null,
    modelParameters: details.modelParameters,
    completionStartTime: details.completionStartMillis === null ? null : isoTime(details.completionStartMillis),
    promptId: details.promptId,
    promptName: isLinked ? details.promptName : null,
    promptVersion: isLinked ? details.promptVersion : null,
    latency: seconds(startTimeMillis, endTimeMillis),
    timeToFirstToken: seconds(startTimeMillis, details.completionStartMillis),
    ...prices(details, place, findPrices),
    ...usage(details),
  }
}

function seconds(fromMillis: number, toMillis: number | null): number | null {
  return toMillis === null ? null : (toMillis - fromMillis) / 1000
}

/** Recorded: a list does not name the tier; inside of a trace a price that is not known is 0, and null elsewhere. */
function prices(details: LegacyDetails, place: ObservationPlace, findPrices: PriceFinder): Record<string, unknown> {
  const listed = findPrices(details.modelId)
  const unknown = place === 'trace' ? 0 : null
  const hasTier = place !== 'list'
  return {
    usagePricingTierId: hasTier ? details.pricingTierId : null,
    usagePricingTierName: hasTier ? details.pricingTierName : null,
    modelId: details.modelId || null,
    inputPrice: listed?.input ?? unknown,
    outputPrice: listed?.output ?? unknown,
    totalPrice: listed?.total ?? unknown,
  }
}

function usage({ usageDetails, costDetails }: LegacyDetails): Record<string, unknown> {
  const units = {
    input: sumOf(usageDetails, 'input') ?? 0,
    output: sumOf(usageDetails, 'output') ?? 0,
    total: usageDetails.total ?? 0,
  }
  return {
    usageDetails,
    costDetails,
    calculatedInputCost: sumOf(costDetails, 'input'),
    calculatedOutputCost: sumOf(costDetails, 'output'),
    calculatedTotalCost: costDetails.total ?? 0,
    unit: 'TOKENS',
    promptTokens: units.input,
    completionTokens: units.output,
    totalTokens: units.total,
    usage: { unit: 'TOKENS', ...units },
  }
}

function sumOf(details: Readonly<Record<string, number>>, part: string): number | null {
  let sum: number | null = null
  for (const [kind, value] of Object.entries(details)) if (kind.startsWith(part)) sum = (sum ?? 0) + value
  return sum
}
