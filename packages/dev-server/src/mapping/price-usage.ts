import type { CostDetails, UsageDetails } from '../model/observation.js'
import { completeStatedCost, roundCosts } from './cost-details.js'
import type { PricedModel, PricingAttributes, PricingTier } from './model-prices.js'

/** What a model call cost, and which price was used. */
export interface PricedUsage {
  /** Langfuse's id of the model, or empty when the name matches none. */
  readonly modelId: string
  readonly costDetails: CostDetails
  /** The tier whose prices apply; null when there is no model or no usage. */
  readonly pricingTierId: string | null
  readonly pricingTierName: string | null
}

/**
 * Prices the usage of a model call. A cost the span states wins over any calculation.
 *
 * @param priced The model, when its name is known.
 * @param usage The usage of the call.
 * @param stated The cost the span states.
 * @param attributes The model parameters and metadata, on which tiers such as "Fast mode" depend.
 * @returns The costs and the price they come from.
 */
export function priceUsage(
  priced: PricedModel | undefined,
  usage: UsageDetails,
  stated: CostDetails,
  attributes: PricingAttributes,
): PricedUsage {
  // A tier chosen against no usage would be a guess.
  const tier = priced !== undefined && Object.keys(usage).length > 0 ? matchTier(priced, usage, attributes) : undefined
  return {
    modelId: priced?.id ?? '',
    costDetails: Object.keys(stated).length > 0 ? completeStatedCost(stated) : calculate(usage, tier),
    pricingTierId: tier?.id ?? null,
    pricingTierName: tier?.name ?? null,
  }
}

function calculate(usage: UsageDetails, tier: PricingTier | undefined): CostDetails {
  const costs: CostDetails = {}
  for (const [kind, units] of Object.entries(usage)) {
    const price = tier?.prices[kind]
    if (price !== undefined) costs[kind] = price * units
  }
  const parts = Object.values(costs)
  if (parts.length > 0 && costs.total === undefined) costs.total = parts.reduce((sum, cost) => sum + cost, 0)
  return roundCosts(costs)
}

/** The first special tier whose conditions all hold, else the standard one, which stands first. */
function matchTier(model: PricedModel, usage: UsageDetails, attributes: PricingAttributes): PricingTier | undefined {
  const [standard, ...special] = model.tiers
  return special.find((tier) => tier.conditions.every(({ holds }) => holds(usage, attributes))) ?? standard
}
