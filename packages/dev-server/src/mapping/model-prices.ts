import type { ModelDefinition } from '../model/model-definition.js'
import { ANTHROPIC_PRICES } from './prices/anthropic-prices.js'
import { GOOGLE_PRICES } from './prices/google-prices.js'
import { OPENAI_PRICES } from './prices/openai-prices.js'
import { type PricedModel, parsePrices } from './prices/parse-prices.js'

export type { PricedModel, PricingAttributes, PricingTier } from './prices/parse-prices.js'

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
 * @param own Models that come before those whose prices are known, in the order in which they are tried.
 * @returns A finder with a memory of its own; it gives undefined for names that match no model.
 */
export function createModelFinder(own: readonly PricedModel[] = []): ModelFinder {
  const remembered = new Map<string, PricedModel | undefined>()
  const models = [...own, ...MODELS]
  return (name) => {
    if (name.length > MAX_NAME_LENGTH) return undefined
    if (remembered.has(name)) return remembered.get(name)
    if (remembered.size >= MAX_REMEMBERED) remembered.clear()
    const model = models.find(({ pattern }) => pattern.test(name))
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

/** Finds the standard prices of a model by its id, as `inputPrice`, `outputPrice` and `totalPrice` show them. */
export type PriceFinder = (id: string) => ListedPrices | undefined

/**
 * A finder of prices that remembers, for one answer.
 *
 * @param findOwn Finds a model of the project by its id.
 * @returns A finder; it gives undefined when the id is not known.
 */
export function createPriceFinder(findOwn: (id: string) => ModelDefinition | undefined): PriceFinder {
  const remembered = new Map<string, ListedPrices | undefined>([['', undefined]])
  return (id) => {
    if (!remembered.has(id)) remembered.set(id, listedPrices((BY_ID.get(id) ?? findOwn(id))?.tiers[0]?.prices))
    return remembered.get(id)
  }
}

function listedPrices(prices: Readonly<Record<string, number>> | undefined): ListedPrices | undefined {
  return prices && { input: prices.input ?? null, output: prices.output ?? null, total: prices.total ?? null }
}
