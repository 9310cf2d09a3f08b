import type { Attributes } from '../decode-otlp/attributes.js'
import type { DecodedScopeSpans, DecodedSpan } from '../decode-otlp/decoded-span.js'
import type { Metadata, Observation, ObservationDetails } from '../model/observation.js'
import type { ObservationType } from '../model/observation-type.js'
import { completionStartMillis } from './completion-start-time.js'
import { statedCost } from './cost-details.js'
import { observationEnvironment } from './environment.js'
import { firstAttribute } from './first-attribute.js'
import { inputAndOutput } from './input-output.js'
import { observationLevel } from './level.js'
import { type OriginMetadata, observationMetadata, originMetadata } from './metadata.js'
import { isAggregateSpan, modelName } from './model-name.js'
import { modelParameters } from './model-parameters.js'
import type { ModelFinder } from './model-prices.js'
import { observationType } from './observation-type.js'
import { parseJsonObject } from './parse-json.js'
import { priceUsage } from './price-usage.js'
import { spanExperiment } from './span-experiment.js'
import { observationName } from './span-name.js'
import { toolUse } from './tool-calls.js'
import { traceTags } from './trace-tags.js'
import { usageDetails } from './usage-details.js'

/** What is known about the request a span came in. */
export interface Ingestion {
  /** When it came, in milliseconds since the epoch. */
  readonly receivedAtMillis: number
  readonly publicKey: string
  readonly findModel: ModelFinder
  /** From `x-langfuse-sdk-name`, or `unknown`. */
  readonly sdkName: string
  /** From `x-langfuse-sdk-version`, or `unknown`. */
  readonly sdkVersion: string
}

/**
 * Turns spans into the observations Langfuse 4.16 makes of them. Nothing is taken over from other spans: a child that does not
 * carry the user, session, tags or environment itself has none.
 *
 * @param origin The spans of one resource and scope.
 * @param ingestion The request they came in.
 * @returns The rows to store.
 */
export function mapSpans(origin: DecodedScopeSpans, ingestion: Ingestion): Observation[] {
  const metadata = originMetadata(origin)
  return origin.spans.map((span) => mapSpan(span, origin, metadata, ingestion))
}

function mapSpan(
  span: DecodedSpan,
  origin: DecodedScopeSpans,
  metadata: OriginMetadata,
  ingestion: Ingestion,
): Observation {
  const { attributes } = span
  // One missing edge becomes the other; without both, the span happened when it arrived.
  const startTimeMillis = span.startTimeMillis ?? span.endTimeMillis ?? ingestion.receivedAtMillis
  const endTimeMillis = span.endTimeMillis ?? startTimeMillis
  const type = observationType(attributes, origin)
  const name = observationName(span.name, attributes)
  const isRoot = span.parentSpanId === '' || isTrue(attributes['langfuse.internal.is_app_root'])
  const payload = inputAndOutput(attributes, span.events, origin.scope.name)
  const own = observationMetadata(attributes, metadata)
  const [input, output] = [payloadText(payload.input), payloadText(payload.output)]
  return {
    id: span.spanId,
    traceId: span.traceId,
    parentObservationId: span.parentSpanId,
    startTimeMillis,
    endTimeMillis,
    type,
    name,
    level: observationLevel(attributes['langfuse.observation.level'], span.statusCode),
    environment: observationEnvironment(attributes, origin.resourceAttributes),
    userId: firstAttribute(attributes, USER_KEYS) ?? '',
    sessionId: firstAttribute(attributes, SESSION_KEYS) ?? '',
    traceName: text(attributes['langfuse.trace.name']) || (isRoot ? name : '') || null,
    isRoot,
    tags: traceTags(attributes),
    details: mapDetails(span, origin, ingestion, { type, startTimeMillis, metadata: own, input, output }),
    metadata: own,
    input,
    output,
  }
}

interface MappedParts {
  readonly type: ObservationType
  readonly startTimeMillis: number
  readonly metadata: Metadata
  readonly input: string
  readonly output: string
}

function mapDetails(
  { attributes, statusMessage }: DecodedSpan,
  { resourceAttributes, scope }: DecodedScopeSpans,
  ingestion: Ingestion,
  parts: MappedParts,
): ObservationDetails {
  const isAggregate = isAggregateSpan(attributes)
  const model = isAggregate ? undefined : modelName(attributes)
  const parameters = modelParameters(attributes, scope.name)
  const usage = isAggregate ? {} : usageDetails(attributes, scope.name)
  const priced = priceUsage(
    model === undefined ? undefined : ingestion.findModel(model),
    usage,
    isAggregate ? {} : statedCost(attributes),
    { parameters, metadata: parts.metadata },
  )
  const prompt = parts.type === 'GENERATION' ? promptLink(attributes) : { promptName: '', promptVersion: null }
  const tools = toolUse(parts.input, parts.output)
  return {
    createdAtMillis: ingestion.receivedAtMillis,
    statusMessage: text(attributes['langfuse.observation.status_message'] ?? statusMessage),
    version: text(attributes['langfuse.version'] ?? resourceAttributes['service.version']),
    release: text(attributes['langfuse.release'] ?? resourceAttributes['langfuse.release']),
    public: isTrue(attributes['langfuse.trace.public'] ?? attributes['langfuse.public']),
    completionStartMillis: completionStartMillis(attributes, parts.startTimeMillis) ?? null,
    model: model ?? '',
    modelId: priced.modelId,
    modelParameters: parameters,
    usageDetails: usage,
    costDetails: priced.costDetails,
    pricingTierId: priced.pricingTierId,
    pricingTierName: priced.pricingTierName,
    ...prompt,
    offeredTools: tools.offered,
    calledTools: tools.called,
    experiment: spanExperiment(attributes),
    sdkName: ingestion.sdkName,
    sdkVersion: ingestion.sdkVersion,
    apiKey: ingestion.publicKey,
  }
}

const USER_KEYS = [
  'langfuse.user.id',
  'user.id',
  'langfuse.observation.metadata.langfuse_user_id',
  'langfuse.trace.metadata.langfuse_user_id',
  'ai.telemetry.metadata.userId',
]

const SESSION_KEYS = [
  'langfuse.session.id',
  'session.id',
  'gen_ai.conversation.id',
  'langfuse.observation.metadata.langfuse_session_id',
  'langfuse.trace.metadata.langfuse_session_id',
  'ai.telemetry.metadata.sessionId',
]

/** The prompt a generation was made from; Langfuse links prompts to nothing else. */
function promptLink(attributes: Attributes): Pick<ObservationDetails, 'promptName' | 'promptVersion'> {
  const aiSdk = parseJsonObject(attributes['ai.telemetry.metadata.langfusePrompt'])
  const name = attributes['langfuse.observation.prompt.name'] ?? attributes['langfuse.prompt.name'] ?? aiSdk?.name
  const version =
    attributes['langfuse.observation.prompt.version'] ?? attributes['langfuse.prompt.version'] ?? aiSdk?.version
  const number = Number.parseInt(String(version), 10)
  // Langfuse keeps versions in 16 bits and drops what does not fit.
  return { promptName: text(name), promptVersion: number > 0 && number <= 65_535 ? number : null }
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true'
}

function text(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Payloads are stored as text; what is no text is stored as its JSON. */
function payloadText(payload: unknown): string {
  return payload === undefined || payload === null
    ? ''
    : typeof payload === 'string'
      ? payload
      : JSON.stringify(payload)
}
