import { ANTHROPIC_PRICES } from './prices/anthropic-prices.js'
import { GOOGLE_PRICES } from './prices/google-prices.js'
import { OPENAI_PRICES } from './prices/openai-prices.js'
import { type PricedModel, parsePrices } from './prices/parse-prices.js'

export type { PricedModel, PricingTier } from './prices/parse-prices.js'

/** The models whose prices are known, in the order in which their patterns are tried. */
export const MODELS: readonly PricedModel[] = [OPENAI_PRICES, ANTHROPIC_PRICES, GOOGLE_PRICES].flatMap(parsePrices)
const BY_ID: ReadonlyMap<string, PricedModel> = new Map(MODELS.map((model) => [model.id, model]))

/** Model names come from outside; nothing longer is a model's name, and patterns need not be tried on it. */
const MAX_NAME_LENGTH = 200

/** Finds the model a name stands for: as a span names it, e.g. `gpt-4o-mini` or `openai/gpt-4o-mini`. */
export type ModelFinder = (name: string) => PricedModel | undefined

/** Names remembered at once; a program uses a handful, and hostile input must not fill the memory. */
const MAX_REMEMBERED = 1000

/**
 * A finder that remembers: trying a hundred patterns on every span would be a good part of the work of storing it.
 *
 * @returns A finder with a memory of its own; it gives undefined for names that match no known model.
 */
export function createModelFinder(): ModelFinder {
  const remembered = new Map<string, PricedModel | undefined>()
  return (name) => {
    if (name.length > MAX_NAME_LENGTH) return undefined
    if (remembered.has(name)) return remembered.get(name)
    if (remembered.size >= MAX_REMEMBERED) remembered.clear()
    const model = MODELS.find(({ pattern }) => pattern.test(name))
    remembered.set(name, model)
    return model
  }
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
