import type { Attributes } from '../decode-otlp/attributes.js'
import { isRecord } from '../is-record.js'
import { parseJsonObject } from './parse-json.js'

/**
 * The usage of a span of the Vercel AI SDK (scope `ai`): its counts, and what the providers add in their metadata. Cached and
 * reasoning tokens are part of the whole there, and beside it here.
 *
 * @param attributes The attributes of the span.
 * @returns The usage by kind; undefined when the metadata cannot be read, so that the plain counts are taken instead.
 */
export function aiSdkUsage(attributes: Attributes): Record<string, unknown> | undefined {
  const provider = attributes['ai.response.providerMetadata']
  const metadata = provider === undefined ? {} : parseJsonObject(provider)
  if (metadata === undefined) return undefined
  const usage: Record<string, number | undefined> = {
    total: integer(attributes, 'ai.usage.tokens'),
    input_cached_tokens: integer(attributes, 'ai.usage.cachedInputTokens'),
    output_reasoning_tokens: integer(attributes, 'ai.usage.reasoningTokens'),
  }
  for (const [key, count] of Object.entries(providerUsage(metadata))) usage[key] ??= count
  const input = integer(attributes, 'gen_ai.usage.prompt_tokens') ?? integer(attributes, 'gen_ai.usage.input_tokens')
  const output =
    integer(attributes, 'gen_ai.usage.completion_tokens') ?? integer(attributes, 'gen_ai.usage.output_tokens')
  return {
    ...usage,
    input: minus(input, usage, INPUT_PARTS),
    output: minus(output, usage, ['output_reasoning_tokens']),
  }
}

const INPUT_PARTS = [
  'input_cached_tokens',
  'input_cache_creation',
  'input_cache_creation_5m',
  'input_cache_creation_1h',
  'input_cache_read',
]

function minus(whole: number | undefined, usage: Record<string, number | undefined>, parts: readonly string[]): number {
  return Math.max(
    parts.reduce((rest, part) => rest - (usage[part] ?? 0), whole ?? 0),
    0,
  )
}

function providerUsage({ openai, anthropic, bedrock }: Record<string, unknown>): Record<string, number | undefined> {
  const usage: Record<string, number | undefined> = {}
  if (isRecord(openai)) {
    usage.input_cached_tokens = number(openai.cachedPromptTokens)
    usage.accepted_prediction_tokens = number(openai.acceptedPredictionTokens)
    usage.rejected_prediction_tokens = number(openai.rejectedPredictionTokens)
    usage.output_reasoning_tokens = number(openai.reasoningTokens)
  }
  if (isRecord(anthropic) && isRecord(anthropic.usage)) Object.assign(usage, anthropicUsage(anthropic.usage))
  if (isRecord(bedrock) && isRecord(bedrock.usage)) {
    usage.input_cache_read = number(bedrock.usage.cacheReadInputTokens)
    usage.input_cache_write = number(bedrock.usage.cacheWriteInputTokens)
    usage.input_cache_creation = number(bedrock.usage.cacheCreationInputTokens)
  }
  return usage
}

function anthropicUsage(stated: Record<string, unknown>): Record<string, number | undefined> {
  const cached = number(stated.cache_read_input_tokens)
  const created = number(stated.cache_creation_input_tokens)
  if (!isRecord(stated.cache_creation)) return { input_cached_tokens: cached, input_cache_creation: created }
  const fiveMinutes = number(stated.cache_creation.ephemeral_5m_input_tokens)
  const oneHour = number(stated.cache_creation.ephemeral_1h_input_tokens)
  return {
    input_cached_tokens: cached,
    input_cache_creation_5m: fiveMinutes,
    input_cache_creation_1h: oneHour,
    // The total counts both lifetimes again.
    input_cache_creation: Math.max((created ?? 0) - (fiveMinutes ?? 0) - (oneHour ?? 0), 0),
  }
}

function integer(attributes: Attributes, key: string): number | undefined {
  const value = attributes[key]
  if (value === undefined) return undefined
  const parsed = Number.parseInt(String(value), 10)
  return Number.isNaN(parsed) ? undefined : parsed
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}
