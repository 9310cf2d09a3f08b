import { bareRecord } from '../bare-record.js'
import type { Attributes } from '../decode-otlp/attributes.js'
import type { ModelParameters } from '../model/observation.js'
import { attributeText } from './first-attribute.js'
import { parseJson, parseJsonObject } from './parse-json.js'

const PREFIXES = ['gen_ai.request.', 'llm.invocation_parameters.']
const PREFIX = /^(?:gen_ai\.request|llm\.invocation_parameters)\./

/**
 * The parameters of a model call: `langfuse.observation.model.parameters`, the AI SDK's settings, OpenInference's invocation
 * parameters, or every `gen_ai.request.*`.
 *
 * @param attributes The attributes of the span.
 * @param scopeName The name of its scope; `ai` is the AI SDK.
 * @returns The parameters, empty when there are none.
 */
export function modelParameters(attributes: Attributes, scopeName: string | undefined): ModelParameters {
  const explicit = sanitize(parseJson(attributes['langfuse.observation.model.parameters']))
  if (scopeName === 'ai') return { ...aiSdkParameters(attributes), ...explicit }
  return (
    explicit ??
    sanitize(parseJson(attributes['llm.invocation_parameters'])) ??
    sanitize(parseJson(attributes.model_config)) ??
    prefixed(attributes)
  )
}

function aiSdkParameters(attributes: Attributes): ModelParameters {
  const text = (...keys: string[]): string | null => {
    const key = keys.find((candidate) => candidate in attributes)
    const value = key === undefined ? undefined : attributes[key]
    return value === undefined ? null : String(value)
  }
  const provider = parseJsonObject(attributes['ai.response.providerMetadata'])?.openai
  const served =
    typeof provider === 'object' && provider !== null && 'serviceTier' in provider ? provider.serviceTier : undefined
  return {
    maxSteps: text('ai.settings.maxSteps'),
    toolChoice: text('ai.prompt.toolChoice'),
    maxTokens: text('gen_ai.request.max_tokens'),
    finishReason: text('gen_ai.response.finish_reasons', 'gen_ai.finishReason'),
    system: text('gen_ai.system', 'ai.model.provider'),
    maxRetries: text('ai.settings.maxRetries'),
    mode: text('ai.settings.mode'),
    temperature: text('gen_ai.request.temperature'),
    service_tier: typeof served === 'string' ? served : text('gen_ai.request.service_tier'),
  }
}

function prefixed(attributes: Attributes): ModelParameters {
  const parameters: ModelParameters = bareRecord()
  // Asked of every attribute of every span, and true of few.
  const keys = Object.keys(attributes).filter((key) => PREFIX.test(key))
  for (const prefix of PREFIXES) {
    for (const key of keys) {
      const value = attributes[key]
      if (value === undefined || !key.startsWith(prefix) || key === `${prefix}model`) continue
      parameters[key.slice(prefix.length)] = typeof value === 'number' ? value : attributeText(value)
    }
  }
  return parameters
}

/** Undefined for what is no JSON object or array, so that the next source is asked. */
function sanitize(parsed: unknown): ModelParameters | undefined {
  if (typeof parsed !== 'object' || parsed === null) return undefined
  const entries = Object.entries(parsed).map(([key, value]): [string, string | number] => [
    key,
    typeof value === 'string' || typeof value === 'number' ? value : (JSON.stringify(value) ?? ''),
  ])
  return Object.fromEntries(entries)
}
