import type { Attributes } from '../decode-otlp/attributes.js'
import type { DecodedScopeSpans } from '../decode-otlp/decoded-span.js'
import { OBSERVATION_TYPES, type ObservationType } from '../model/observation-type.js'

type Rule = readonly [attribute: string, types: ReadonlyMap<string, ObservationType>]

// In order of precedence. A value that is not listed falls through to the next rule, so `langfuse.observation.type = "SPAN"`
// (upper case on the wire is unknown) ends as whatever the rest of the span says.
const RULES: readonly Rule[] = [
  ['langfuse.observation.type', lowerCased(OBSERVATION_TYPES)],
  ['openinference.span.kind', new Map([...sameNamed(), ['LLM', 'GENERATION'] as const])],
  [
    'gen_ai.operation.name',
    new Map<string, ObservationType>([
      ['chat', 'GENERATION'],
      ['completion', 'GENERATION'],
      ['text_completion', 'GENERATION'],
      ['generate_content', 'GENERATION'],
      ['generate', 'GENERATION'],
      ['embeddings', 'EMBEDDING'],
      ['invoke_agent', 'AGENT'],
      ['create_agent', 'AGENT'],
      ['execute_tool', 'TOOL'],
    ]),
  ],
]

const AI_SDK_MODEL_CALLS = [
  'ai.generateText.doGenerate',
  'ai.streamText.doStream',
  'ai.generateObject.doGenerate',
  'ai.streamObject.doStream',
]
const AI_SDK_EMBED_CALLS = ['ai.embedMany.doEmbed', 'ai.embed.doEmbed']
const AI_SDK_MODEL_KEYS = [
  'langfuse.observation.model.name',
  'ai.model.id',
  'gen_ai.request.model',
  'gen_ai.response.model',
]
const MODEL_KEYS = [
  'langfuse.observation.model.name',
  'gen_ai.request.model',
  'gen_ai.response.model',
  'llm.model_name',
  'model',
]

/**
 * Which kind of observation a span is: what it says itself, else what the conventions of its instrumentation say, else a
 * generation when any model is named, else a plain span.
 *
 * The rules and their order are those of Langfuse 4.16 (`ObservationTypeMapper`).
 *
 * @param attributes The attributes of the span.
 * @param origin The resource and scope it came from.
 * @returns The type.
 */
export function observationType(
  attributes: Attributes,
  origin: Pick<DecodedScopeSpans, 'resourceAttributes' | 'scope'>,
): ObservationType {
  if (isMislabelledGeneration(attributes, origin)) return 'GENERATION'
  for (const [attribute, types] of RULES) {
    const value = attributes[attribute]
    const type = typeof value === 'string' ? types.get(value) : undefined
    if (type !== undefined) return type
  }
  return (
    aiSdkType(attributes) ??
    (isAnySet(attributes, ['gen_ai.tool.name', 'gen_ai.tool.call.id']) ? 'TOOL' : byModel(attributes))
  )
}

/** Langfuse's Python SDK up to 3.3 called every observation a span (langfuse/langfuse#8682). */
function isMislabelledGeneration(
  attributes: Attributes,
  { resourceAttributes, scope }: Pick<DecodedScopeSpans, 'resourceAttributes' | 'scope'>,
): boolean {
  if (attributes['langfuse.observation.type'] !== 'span' || scope.name !== 'langfuse-sdk') return false
  if (resourceAttributes['telemetry.sdk.language'] !== 'python') return false
  const [major = 0, minor = 0] = (scope.version ?? '').split('.').map(Number)
  if (major > 3 || (major === 3 && minor > 3)) return false
  return Object.keys(attributes).some((key) =>
    /^langfuse\.observation\.(model\.|cost_details$|usage_details$|completion_start_time$|prompt\.)/.test(key),
  )
}

function aiSdkType(attributes: Attributes): ObservationType | undefined {
  const isModelCall = isAiSdkOperation(attributes, AI_SDK_MODEL_CALLS)
  if (isModelCall || isAiSdkOperation(attributes, AI_SDK_EMBED_CALLS)) {
    if (!isAnySet(attributes, AI_SDK_MODEL_KEYS)) return undefined
    return isModelCall ? 'GENERATION' : 'EMBEDDING'
  }
  return isAiSdkOperation(attributes, ['ai.toolCall']) ? 'TOOL' : undefined
}

/** The AI SDK appends a function id to `operation.name`, hence the prefix; `ai.operationId` stands alone. */
function isAiSdkOperation(attributes: Attributes, operations: readonly string[]): boolean {
  const name = attributes['operation.name']
  const id = attributes['ai.operationId']
  return operations.some((operation) => id === operation || (typeof name === 'string' && name.startsWith(operation)))
}

function byModel(attributes: Attributes): ObservationType {
  return isAnySet(attributes, MODEL_KEYS) ? 'GENERATION' : 'SPAN'
}

function isAnySet(attributes: Attributes, keys: readonly string[]): boolean {
  return keys.some((key) => {
    const value = attributes[key]
    return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
  })
}

function lowerCased(types: readonly ObservationType[]): ReadonlyMap<string, ObservationType> {
  return new Map(types.map((type) => [type.toLowerCase(), type]))
}

/** OpenInference's kinds that carry the same name here. */
function sameNamed(): [string, ObservationType][] {
  const names: ObservationType[] = ['CHAIN', 'RETRIEVER', 'EMBEDDING', 'AGENT', 'TOOL', 'GUARDRAIL', 'EVALUATOR']
  return names.map((name) => [name, name])
}
