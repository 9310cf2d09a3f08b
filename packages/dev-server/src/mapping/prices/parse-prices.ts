import type { Metadata, ModelParameters, UsageDetails } from '../../model/observation.js'

/** What an observation says beside its usage, on which the choice of a tier depends. */
export interface PricingAttributes {
  readonly parameters: ModelParameters
  readonly metadata: Metadata
}

/** One condition of a special tier. */
export interface TierCondition {
  readonly holds: (usage: UsageDetails, attributes: PricingAttributes) => boolean
  /** The condition as Langfuse's API shows it. */
  readonly json: Readonly<Record<string, unknown>>
}

/** A set of prices, and when it applies. */
export interface PricingTier {
  readonly id: string
  readonly name: string
  /** All must hold; empty for the standard tier. */
  readonly conditions: readonly TierCondition[]
  /** US dollars for one unit, by kind of usage. */
  readonly prices: Readonly<Record<string, number>>
}

/** A model with its prices. */
export interface PricedModel {
  /** Langfuse's id. */
  readonly id: string
  /** What the names of the model fit. */
  readonly pattern: { test(name: string): boolean }
  /** The pattern as it stands in the table. */
  readonly matchPattern: string
  /** The standard tier first, then special ones in the order in which they are tried. */
  readonly tiers: readonly PricingTier[]
}

// Vendors and libraries name the same kind of usage differently; a price in the table stands for all names of its group.
const KINDS: Readonly<Record<string, readonly string[]>> = {
  'input(anthropic)': ['input', 'input_tokens'],
  'input(google)': ['input', 'input_text', 'input_modality_1', 'prompt_token_count', 'promptTokenCount'],
  cached: ['input_cached_tokens', 'input_cache_read', 'cache_read_input_tokens'],
  'cached+text': ['input_cached_tokens', 'input_cached_text_tokens', 'input_cache_read', 'cache_read_input_tokens'],
  'cached/2': ['input_cached_tokens', 'input_cache_read'],
  'cached(google)': ['input_cached_tokens', 'cached_content_token_count'],
  write: ['input_cache_creation', 'cache_write_tokens'],
  'write-5m': ['input_cache_creation', 'input_cache_creation_5m', 'cache_creation_input_tokens'],
  'write-1h': ['input_cache_creation_1h'],
  'output(anthropic)': ['output', 'output_tokens'],
  'output(google)': [
    ...['output', 'output_text', 'output_modality_1', 'candidates_token_count', 'candidatesTokenCount'],
    ...['thoughts_token_count', 'thoughtsTokenCount', 'output_reasoning_tokens', 'output_reasoning'],
  ],
  'output+reasoning': ['output', 'output_reasoning_tokens', 'output_reasoning', 'reasoning_tokens'],
  'output+reasoning/3': ['output', 'output_reasoning_tokens', 'output_reasoning'],
  searches: ['web_search_queries', 'webSearchQueries', 'grounding_queries', 'groundingQueries'],
}

/**
 * Reads a price table. A line that is not indented begins a model: `id pattern`. Indented lines are its tiers, the standard
 * one first: `id | name | conditions | prices`, where the id `-` means the model's id with `_tier_default`, conditions are
 * joined with `&`, and prices are US dollars for a million units.
 *
 * @param table The table.
 * @returns The models in the order of the table.
 */
export function parsePrices(table: string): PricedModel[] {
  const models: (Omit<PricedModel, 'tiers'> & { readonly tiers: PricingTier[] })[] = []
  for (const line of table.split('\n')) {
    if (line.trim() === '') continue
    const model = models.at(-1)
    if (line.startsWith(' ') && model !== undefined) {
      model.tiers.push(parseTier(line, model.id))
    } else {
      const space = line.indexOf(' ')
      const matchPattern = line.slice(space + 1)
      models.push({ id: line.slice(0, space), pattern: new RegExp(matchPattern, 'i'), matchPattern, tiers: [] })
    }
  }
  return models
}

function parseTier(line: string, modelId: string): PricingTier {
  const [id = '', name = '', conditions = '', prices = ''] = splitTier(line)
  return {
    id: id === '-' ? `${modelId}_tier_default` : id,
    name,
    conditions: conditions === '' ? [] : conditions.split(' & ').map(parseCondition),
    prices: Object.fromEntries(prices.split(', ').flatMap(parsePrice)),
  }
}

/** Conditions may hold a `|` of their own, in a pattern, but never one between spaces. */
function splitTier(line: string): string[] {
  return line.split(/(?<=\s)\|(?=\s)/).map((cell) => cell.trim())
}

function parsePrice(cell: string): [string, number][] {
  const [kind = '', dollarsPerMillion = ''] = cell.split(' ')
  // Twelve decimals take out what dividing by a million adds.
  const price = Number((Number(dollarsPerMillion) / 1e6).toFixed(12))
  return (KINDS[kind] ?? [kind]).map((name) => [name, price])
}

/** `key=a,b` asks a model parameter, `pattern>n` the sum of all usage whose kind matches. */
function parseCondition(text: string): TierCondition {
  const parameter = /^(\w+)=(.+)$/.exec(text)
  if (parameter !== null) {
    const [, key = '', values = ''] = parameter
    const allowed = new Set(values.split(','))
    return {
      holds: (_usage, { parameters }) => Object.hasOwn(parameters, key) && allowed.has(String(parameters[key])),
      json: { source: 'model_parameters', key, operator: 'in', values: [...allowed] },
    }
  }
  const [pattern = '', threshold = ''] = text.split('>')
  const kinds = new RegExp(pattern, 'i')
  return {
    holds: (usage) => {
      const matching = Object.entries(usage).filter(([kind]) => kinds.test(kind))
      return matching.reduce((sum, [, units]) => sum + units, 0) > Number(threshold)
    },
    json: { usageDetailPattern: pattern, operator: 'gt', value: Number(threshold), caseSensitive: false },
  }
}
