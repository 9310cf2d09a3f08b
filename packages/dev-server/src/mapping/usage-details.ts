import type { Attributes } from '../decode-otlp/attributes.js'
import { isRecord } from '../is-record.js'
import type { UsageDetails } from '../model/observation.js'
import { aiSdkUsage } from './ai-sdk-usage.js'
import { genAiUsage } from './gen-ai-usage.js'
import { parseJson } from './parse-json.js'

/**
 * The usage a span states, with `total` filled in as the sum of the rest when it is missing.
 *
 * `langfuse.observation.usage_details` wins, whatever else is there; then the AI SDK's own names, then `gen_ai.usage.*` and
 * OpenInference's `llm.token_count.*`.
 *
 * @param attributes The attributes of the span.
 * @param scopeName The name of its scope; `ai` is the AI SDK.
 * @returns The usage, empty when the span states none.
 */
export function usageDetails(attributes: Attributes, scopeName: string | undefined): UsageDetails {
  const stated = parseJson(attributes['langfuse.observation.usage_details'])
  const raw = stated !== undefined ? objectOrNothing(stated) : implied(attributes, scopeName)
  const usage = normalize(fromOpenAi(raw) ?? raw)
  const units = Object.values(usage)
  return units.length > 0 && usage.total === undefined
    ? { ...usage, total: units.reduce((sum, value) => sum + value, 0) }
    : usage
}

function implied(attributes: Attributes, scopeName: string | undefined): Record<string, unknown> {
  return (scopeName === 'ai' ? aiSdkUsage(attributes) : undefined) ?? genAiUsage(attributes)
}

/** Present but no object means no usage at all, not "look elsewhere". */
function objectOrNothing(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {}
}

/** Keeps what can be counted: whole numbers that are not negative, and text that begins with one. */
function normalize(raw: Record<string, unknown>): UsageDetails {
  const usage: UsageDetails = {}
  for (const [key, value] of Object.entries(raw)) {
    const units = typeof value === 'string' ? Number.parseInt(value, 10) : value
    if (typeof units === 'number' && Number.isInteger(units) && units >= 0) usage[key] = units
  }
  return usage
}

const OPENAI_SHAPES = [
  { input: 'prompt_tokens', output: 'completion_tokens' },
  { input: 'input_tokens', output: 'output_tokens' },
] as const

/**
 * OpenAI's usage object, of chat completions or of responses: details are part of the whole there, and beside it here.
 * Anything that is not exactly that shape is left alone.
 */
function fromOpenAi(raw: Record<string, unknown>): Record<string, unknown> | undefined {
  for (const { input, output } of OPENAI_SHAPES) {
    // Nearly always the first question is the last, and it is asked for every span.
    if (typeof raw[input] !== 'number' || typeof raw[output] !== 'number') continue
    if (typeof raw.total_tokens !== 'number') continue
    const allowed = new Set([input, output, 'total_tokens', `${input}_details`, `${output}_details`])
    if (!Object.keys(raw).every((key) => allowed.has(key))) continue
    return {
      ...withoutDetails('input', raw[input], raw[`${input}_details`]),
      ...withoutDetails('output', raw[output], raw[`${output}_details`]),
      total: raw.total_tokens,
    }
  }
  return undefined
}

function withoutDetails(name: 'input' | 'output', whole: unknown, details: unknown): Record<string, number> {
  const usage: Record<string, number> = {}
  let rest = Number(whole)
  for (const [key, value] of Object.entries(isRecord(details) ? details : {})) {
    if (typeof value !== 'number') continue
    usage[`${name}_${key}`] = value
    rest = Math.max(rest - value, 0)
  }
  return { [name]: rest, ...usage }
}
