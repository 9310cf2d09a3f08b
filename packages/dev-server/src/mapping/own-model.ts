import type {
  AttributeCondition,
  ModelDefinition,
  PricingCondition,
  UsageCondition,
} from '../model/model-definition.js'
import type { UsageDetails } from '../model/observation.js'
import { postgresPattern } from './postgres-pattern.js'
import type { PricedModel, PricingAttributes, TierCondition } from './prices/parse-prices.js'
import type { TextPattern } from './timed-pattern.js'

/**
 * A model of the project, in the form in which usage is priced.
 *
 * @param model The model.
 * @param timed Makes its patterns safe to try.
 * @returns The model; its pattern fits nothing when it cannot be read.
 */
export function ownModel(model: ModelDefinition, timed: (pattern: RegExp) => TextPattern): PricedModel {
  const { id, matchPattern } = model
  return {
    id,
    matchPattern,
    pattern: timed(postgresPattern(matchPattern) ?? /(?!)/),
    tiers: model.tiers.map(({ conditions, ...tier }) => ({
      ...tier,
      conditions: conditions.map((condition) => tierCondition(condition, timed)),
    })),
  }
}

function tierCondition(condition: PricingCondition, timed: (pattern: RegExp) => TextPattern): TierCondition {
  const holds = 'source' in condition ? attributeHolds(condition) : usageHolds(condition, timed)
  return { holds, json: { ...condition } }
}

function attributeHolds({ source, key, values }: AttributeCondition): TierCondition['holds'] {
  return (_usage, attributes: PricingAttributes) => {
    const all = source === 'metadata' ? attributes.metadata : attributes.parameters
    return Object.hasOwn(all, key) && values.includes(String(all[key] ?? ''))
  }
}

function usageHolds(
  { usageDetailPattern, caseSensitive, operator, value }: UsageCondition,
  timed: (pattern: RegExp) => TextPattern,
): TierCondition['holds'] {
  const kinds = timed(new RegExp(usageDetailPattern, caseSensitive ? '' : 'i'))
  const compare = COMPARISONS[operator]
  return (usage) => compare(sumOf(usage, kinds), value)
}

function sumOf(usage: UsageDetails, kinds: TextPattern): number {
  return Object.entries(usage).reduce((sum, [kind, units]) => (kinds.test(kind) ? sum + units : sum), 0)
}

const COMPARISONS: Readonly<Record<UsageCondition['operator'], (sum: number, value: number) => boolean>> = {
  gt: (sum, value) => sum > value,
  gte: (sum, value) => sum >= value,
  lt: (sum, value) => sum < value,
  lte: (sum, value) => sum <= value,
  eq: (sum, value) => sum === value,
  neq: (sum, value) => sum !== value,
}
