import { ANTHROPIC_PRICES } from './prices/anthropic-prices.js'
import { GOOGLE_PRICES } from './prices/google-prices.js'
import { OPENAI_PRICES } from './prices/openai-prices.js'
import { type PricedModel, parsePrices } from './prices/parse-prices.js'

export type { PricedModel, PricingTier } from './prices/parse-prices.js'

const MODELS: readonly PricedModel[] = [OPENAI_PRICES, ANTHROPIC_PRICES, GOOGLE_PRICES].flatMap(parsePrices)
const BY_ID: ReadonlyMap<string, PricedModel> = new Map(MODELS.map((model) => [model.id, model]))

/** Model names come from outside; nothing longer is a model's name, and patterns need not be tried on it. */
const MAX_NAME_LENGTH = 200

/**
 * The model a name stands for.
 *
 * @param name As a span names it, e.g. `gpt-4o-mini` or `openai/gpt-4o-mini`.
 * @returns The model, or undefined when none of the known ones matches.
 */
export function findModel(name: string): PricedModel | undefined {
  if (name.length > MAX_NAME_LENGTH) return undefined
  return MODELS.find((model) => model.pattern.test(name))
}

/** The prices of one unit that stand in an answer; null where the model has no such price. */
export interface ListedPrices {
  readonly input: number | null
  readonly output: number | null
  readonly total: number | null
}

/**
 * The standard prices of a model, as `inputPrice`, `outputPrice` and `totalPrice` show them.
 *
 * @param id Langfuse's id of the model.
 * @returns The prices in US dollars; undefined when the id is not known.
 */
export function listedPrices(id: string): ListedPrices | undefined {
  const prices = BY_ID.get(id)?.tiers[0]?.prices
  return prices && { input: prices.input ?? null, output: prices.output ?? null, total: prices.total ?? null }
}
