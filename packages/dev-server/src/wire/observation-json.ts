import { listedPrices } from '../mapping/model-prices.js'
import type { CostDetails, Observation, UsageDetails } from '../model/observation.js'
import { isoTime } from './date-time.js'
import type { FieldGroup } from './field-groups.js'
import { PROJECT } from './identity.js'
import { storedJson } from './stored-json.js'

/** How much of a metadata value stands in an answer unless more is asked for, in characters. */
const METADATA_LENGTH = 200

/**
 * An observation as `GET /api/public/v2/observations` shows it: a group that was not asked for is absent, not null. The order
 * of the keys is the recorded one.
 *
 * @param observation The stored row.
 * @param groups The groups asked for; `core` is always in.
 * @param isMetadataWhole Whether metadata values come uncut.
 * @returns What to serialize.
 */
export function observationJson(
  observation: Observation,
  groups: ReadonlySet<FieldGroup>,
  isMetadataWhole: boolean,
): Record<string, unknown> {
  const { details } = observation
  const prices = groups.has('model') ? listedPrices(details.modelId) : undefined
  return {
    ...core(observation),
    ...(groups.has('basic') && basic(observation)),
    ...(groups.has('time') && time(observation)),
    ...(groups.has('io') && { input: observation.input || null, output: observation.output || null }),
    ...(groups.has('metadata') && { metadata: metadata(observation.metadata, isMetadataWhole) }),
    ...(groups.has('model') && {
      model: details.model,
      internalModelId: details.modelId,
      modelParameters: details.modelParameters,
    }),
    ...(groups.has('usage') && usage(details.usageDetails, details.costDetails)),
    // There are no stored prompts here, so a prompt is linked by name and version but never by id.
    ...(groups.has('prompt') && { promptId: '', promptName: details.promptName, promptVersion: details.promptVersion }),
    ...(groups.has('usage') && {
      usagePricingTierId: details.pricingTierId,
      usagePricingTierName: details.pricingTierName,
    }),
    ...durations(observation, groups),
    ...(groups.has('basic') && {
      userId: observation.userId,
      sessionId: observation.sessionId,
      isRootObservation: observation.isRoot,
    }),
    ...(groups.has('trace_context') && {
      traceName: observation.traceName,
      release: details.release,
      tags: observation.tags,
    }),
    ...(groups.has('basic') && { bookmarked: false, public: details.public }),
    modelId: prices === undefined ? null : details.modelId,
    inputPrice: price(prices?.input),
    outputPrice: price(prices?.output),
    totalPrice: price(prices?.total),
  }
}

function core(observation: Observation): Record<string, unknown> {
  return {
    id: observation.id,
    traceId: observation.traceId,
    startTime: isoTime(observation.startTimeMillis),
    endTime: isoTime(observation.endTimeMillis),
    projectId: PROJECT.id,
    parentObservationId: observation.parentObservationId || null,
    type: observation.type,
  }
}

function basic({ name, level, environment, details }: Observation): Record<string, unknown> {
  return { name, level, statusMessage: details.statusMessage, version: details.version, environment }
}

function time({ details }: Observation): Record<string, unknown> {
  const createdAt = isoTime(details.createdAtMillis)
  const { completionStartMillis } = details
  return {
    completionStartTime: completionStartMillis === null ? null : isoTime(completionStartMillis),
    createdAt,
    updatedAt: createdAt,
  }
}

function usage(usageDetails: UsageDetails, costDetails: CostDetails): Record<string, unknown> {
  return {
    usageDetails,
    inputUsage: sumOf(usageDetails, 'input') ?? 0,
    outputUsage: sumOf(usageDetails, 'output') ?? 0,
    totalUsage: usageDetails.total ?? 0,
    costDetails,
    inputCost: sumOf(costDetails, 'input'),
    outputCost: sumOf(costDetails, 'output'),
    totalCost: costDetails.total ?? 0,
  }
}

function sumOf(details: Readonly<Record<string, number>>, part: string): number | null {
  const values = Object.entries(details).filter(([kind]) => kind.includes(part))
  return values.length === 0 ? null : values.reduce((sum, [, value]) => sum + value, 0)
}

/**
 * Latency and time to first token, in seconds. Two recorded oddities: asked for with `metrics`, a duration of 0 is null; not
 * asked for, latency comes all the same and the time to first token only together with the group it is calculated from.
 */
function durations(observation: Observation, groups: ReadonlySet<FieldGroup>): Record<string, unknown> {
  const { startTimeMillis, endTimeMillis, details } = observation
  const latency = (endTimeMillis - startTimeMillis) / 1000
  const first = details.completionStartMillis === null ? null : (details.completionStartMillis - startTimeMillis) / 1000
  if (groups.has('metrics')) return { latency: latency || null, timeToFirstToken: first || null }
  return { latency, timeToFirstToken: groups.has('time') ? first : null }
}

function metadata(stored: Observation['metadata'], isWhole: boolean): Record<string, unknown> {
  const result: Record<string, unknown> = Object.create(null)
  // Cut first, parsed second: JSON that is too long comes back as the beginning of its text.
  for (const [key, value] of Object.entries(stored)) result[key] = storedJson(isWhole ? value : cut(value))
  return result
}

/** The first 200 code points; a pair of surrogates is one character in Langfuse's database, and must not be split. */
function cut(text: string): string {
  if (text.length <= METADATA_LENGTH) return text
  return [...text.slice(0, 2 * METADATA_LENGTH)].slice(0, METADATA_LENGTH).join('')
}

/** Prices are strings on the wire, in the notation of decimal.js, which is that of ECMAScript at these magnitudes. */
function price(value: number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value)
}
