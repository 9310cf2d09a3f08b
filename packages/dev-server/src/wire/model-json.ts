import type { PricedModel, PricingTier } from '../mapping/model-prices.js'
import type { ModelDefinition } from '../model/model-definition.js'
import { isoTime } from './date-time.js'

/** The date of the price tables, which stands as the creation of each model. */
const PRICES_AS_OF = '2026-08-22T00:00:00.000Z'

/**
 * A model of the project as `/api/public/models` shows it.
 *
 * @param model The model.
 * @returns What to serialize.
 */
export function ownModelJson(model: ModelDefinition): Record<string, unknown> {
  const { id, createdAtMillis, modelName, matchPattern, startDateMillis, tokenizerId, tokenizerConfig, unit } = model
  return {
    ...{ id, createdAt: isoTime(createdAtMillis), modelName, matchPattern },
    startDate: startDateMillis === null ? null : isoTime(startDateMillis),
    ...{ tokenizerId, tokenizerConfig, unit, ...pricesJson(model.tiers[0]?.prices) },
    isLangfuseManaged: false,
    pricingTiers: model.tiers,
  }
}

/** The prices of the standard tier, in the two forms that are older than tiers. */
function pricesJson(prices: Readonly<Record<string, number>> = {}): Record<string, unknown> {
  return {
    inputPrice: prices.input ?? null,
    outputPrice: prices.output ?? null,
    totalPrice: prices.total ?? null,
    prices: Object.fromEntries(Object.entries(prices).map(([kind, price]) => [kind, { price }])),
  }
}

/**
 * A model whose prices are known as `/api/public/models` shows it. What Langfuse's tokenizers would need is null: nothing is tokenized here.
 *
 * @param model The model.
 * @returns What to serialize.
 */
export function modelJson(model: PricedModel): Record<string, unknown> {
  return {
    id: model.id,
    createdAt: PRICES_AS_OF,
    modelName: modelNameOf(model.matchPattern),
    matchPattern: `(?i)${model.matchPattern}`,
    startDate: null,
    tokenizerId: null,
    tokenizerConfig: null,
    unit: 'TOKENS',
    ...pricesJson(model.tiers[0]?.prices),
    isLangfuseManaged: true,
    pricingTiers: model.tiers.map(tierJson),
  }
}

function tierJson({ id, name, conditions, prices }: PricingTier, index: number): Record<string, unknown> {
  const isDefault = index === 0
  return { id, name, isDefault, priority: index, conditions: conditions.map(({ json }) => json), prices }
}

/**
 * The shortest name that a pattern of the price tables matches: without what is optional, and the first of alternatives.
 *
 * @param pattern The pattern.
 * @returns The name, such as `gpt-4o` for `^(openai/)?(gpt-4o)$`.
 */
export function modelNameOf(pattern: string): string {
  let rest = pattern.replace(/^\^|\$$/g, '')
  // From the inside out: a group that holds no other is either optional or stands for its first alternative.
  const innermost = /\((?:\?:)?([^()]*)\)(\?)?/
  for (let match = innermost.exec(rest); match !== null; match = innermost.exec(rest)) {
    const [group, alternatives = '', isOptional] = match
    rest = rest.replace(group, isOptional === undefined ? (alternatives.split('|')[0] ?? '') : '')
  }
  return (rest.split('|')[0] ?? '').replaceAll('\\', '')
}
