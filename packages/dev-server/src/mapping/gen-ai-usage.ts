import type { Attributes } from '../decode-otlp/attributes.js'

const PREFIX = /^(?:gen_ai\.usage|llm\.token_count)\./

// Every name a kind of usage has had in the OpenTelemetry, Traceloop, OpenInference and pydantic conventions, newest meaning
// first. From Langfuse 4.16.
const INPUT = ['prompt_tokens', 'input_tokens', 'prompt']
const OUTPUT = ['completion_tokens', 'output_tokens', 'completion']
const TOTAL = ['total_tokens', 'total']
const CACHE_READ = [
  'cache_read.input_tokens',
  'cache_read_input_tokens',
  'cache_read_tokens',
  'details.cache_read_tokens',
  'details.cache_read_input_tokens',
  'prompt_details.cache_read',
  'input_cached_tokens',
]
const CACHE_WRITE = [
  'cache_creation.input_tokens',
  'cache_creation_input_tokens',
  'cache_write_tokens',
  'details.cache_write_tokens',
  'details.cache_creation_input_tokens',
  'prompt_details.cache_write',
  'input_cache_creation',
]
const REASONING = ['reasoning.output_tokens', 'completion_details.reasoning']
const AUDIO = ['completion_details.audio']
const KNOWN = new Set([INPUT, OUTPUT, TOTAL, CACHE_READ, CACHE_WRITE, REASONING, AUDIO].flat())

/**
 * The usage in `gen_ai.usage.*` and `llm.token_count.*`. Cached, reasoning and audio tokens are part of the whole there, and
 * beside it here, so that each can have its own price.
 *
 * @param attributes The attributes of the span.
 * @returns The usage by kind, empty when there is none.
 */
export function genAiUsage(attributes: Attributes): Record<string, number> {
  const raw = counts(attributes)
  if (raw.size === 0) return {}
  const pick = (names: readonly string[]): number | undefined => {
    const name = names.find((candidate) => raw.has(candidate))
    return name === undefined ? undefined : raw.get(name)
  }
  const [input, output, cacheRead, cacheWrite] = [pick(INPUT), pick(OUTPUT), pick(CACHE_READ), pick(CACHE_WRITE)]
  const [reasoning, audio] = [pick(REASONING), pick(AUDIO)]
  const other = [...raw]
    .filter(([name]) => !KNOWN.has(name))
    .map(([name, count]) => [name.replace(/^details\./, ''), count])
  return defined({
    ...Object.fromEntries(other),
    input: input === undefined ? undefined : Math.max(input - (cacheRead ?? 0) - (cacheWrite ?? 0), 0),
    output: output === undefined ? undefined : Math.max(output - (reasoning ?? 0) - (audio ?? 0), 0),
    total: pick(TOTAL),
    input_cached_tokens: cacheRead,
    input_cache_creation: cacheWrite,
    output_reasoning_tokens: reasoning,
    output_audio_tokens: audio,
  })
}

function counts(attributes: Attributes): Map<string, number> {
  const found = new Map<string, number>()
  for (const key of Object.keys(attributes)) {
    const prefix = PREFIX.exec(key)?.[0]
    // The cost has an attribute of the same prefix, and is no usage.
    if (prefix === undefined || key === 'gen_ai.usage.cost') continue
    const count = Number(attributes[key])
    if (!Number.isNaN(count)) found.set(key.slice(prefix.length), count)
  }
  return found
}

function defined(counts: Record<string, number | undefined>): Record<string, number> {
  const result: Record<string, number> = {}
  for (const [key, count] of Object.entries(counts)) if (count !== undefined) result[key] = count
  return result
}
