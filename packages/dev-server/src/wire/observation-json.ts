import type { PriceFinder } from '../mapping/model-prices.js'
import type { Observation, ObservationDetails } from '../model/observation.js'
import { isoTime } from './date-time.js'
import type { FieldGroup } from './field-groups.js'
import { PROJECT } from './identity.js'
import { storedJson } from './stored-json.js'

/** How much of a metadata value stands in an answer unless more is asked for, in characters. */
const METADATA_LENGTH = 200

/**
 * An observation as `GET /api/public/v2/observations` shows it: a group that was not asked for is absent, not null.
 *
 * @param observation The stored row.
 * @param groups The groups asked for; `core` is always in.
 * @param isMetadataWhole Whether metadata values come uncut.
 * @param findPrices Finds the prices of its model.
 * @returns What to serialize.
 */
export function observationJson(
  observation: Observation,
  groups: ReadonlySet<FieldGroup>,
  isMetadataWhole: boolean,
  findPrices: PriceFinder,
): Record<string, unknown> {
  const { details } = observation
  // Filled key by key: this runs a thousand times for a page, and spreading a dozen parts costs ten times as much.
  const json = core(observation)
  if (groups.has('basic')) addBasic(json, observation)
  if (groups.has('time')) addTimes(json, details)
  if (groups.has('io')) {
    json.input = observation.input || null
    json.output = observation.output || null
  }
  if (groups.has('metadata')) json.metadata = metadata(observation.metadata, isMetadataWhole)
  if (groups.has('model')) {
    json.model = details.model
    json.internalModelId = details.modelId
    json.modelParameters = details.modelParameters
  }
  if (groups.has('usage')) addUsage(json, details)
  if (groups.has('prompt')) {
    // Spans link a prompt by name and version, and never by id.
    json.promptId = ''
    json.promptName = details.promptName
    json.promptVersion = details.promptVersion
  }
  addDurations(json, observation, groups)
  if (groups.has('basic')) {
    json.userId = observation.userId
    json.sessionId = observation.sessionId
    json.isRootObservation = observation.isRoot
    json.bookmarked = false
    json.public = details.public
  }
  if (groups.has('trace_context')) {
    json.traceName = observation.traceName
    json.release = details.release
    json.tags = observation.tags
  }
  const prices = groups.has('model') ? findPrices(details.modelId) : undefined
  json.modelId = prices === undefined ? null : details.modelId
  json.inputPrice = price(prices?.input)
  json.outputPrice = price(prices?.output)
  json.totalPrice = price(prices?.total)
  return json
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

function addBasic(json: Record<string, unknown>, { name, level, environment, details }: Observation): void {
  json.name = name
  json.level = level
  json.statusMessage = details.statusMessage
  json.version = details.version
  json.environment = environment
}

function addTimes(json: Record<string, unknown>, { createdAtMillis, completionStartMillis }: ObservationDetails): void {
  json.completionStartTime = completionStartMillis === null ? null : isoTime(completionStartMillis)
  json.createdAt = isoTime(createdAtMillis)
  json.updatedAt = json.createdAt
}

function addUsage(json: Record<string, unknown>, details: ObservationDetails): void {
  const { usageDetails, costDetails } = details
  json.usageDetails = usageDetails
  json.inputUsage = sumOf(usageDetails, 'input') ?? 0
  json.outputUsage = sumOf(usageDetails, 'output') ?? 0
  json.totalUsage = usageDetails.total ?? 0
  json.costDetails = costDetails
  json.inputCost = sumOf(costDetails, 'input')
  json.outputCost = sumOf(costDetails, 'output')
  json.totalCost = costDetails.total ?? 0
  json.usagePricingTierId = details.pricingTierId
  json.usagePricingTierName = details.pricingTierName
}

function sumOf(details: Readonly<Record<string, number>>, part: string): number | null {
  let sum: number | null = null
  for (const [kind, value] of Object.entries(details)) if (kind.includes(part)) sum = (sum ?? 0) + value
  return sum
}

/**
 * Latency and time to first token, in seconds. Two recorded oddities: asked for with `metrics`, a duration of 0 is null; not
 * asked for, latency comes all the same and the time to first token only together with the group it is calculated from.
 */
function addDurations(json: Record<string, unknown>, observation: Observation, groups: ReadonlySet<FieldGroup>): void {
  const { startTimeMillis, endTimeMillis, details } = observation
  const latency = (endTimeMillis - startTimeMillis) / 1000
  const first = details.completionStartMillis === null ? null : (details.completionStartMillis - startTimeMillis) / 1000
  const isAsked = groups.has('metrics')
  json.latency = isAsked ? latency || null : latency
  json.timeToFirstToken = isAsked ? first || null : groups.has('time') ? first : null
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
