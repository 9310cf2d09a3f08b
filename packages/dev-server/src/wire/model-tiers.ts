import * as v from 'valibot'
import type { ModelTier } from '../model/model-definition.js'
import { isSafePattern } from './safe-pattern.js'

const MAX_PATTERN_LENGTH = 200
const UsagePattern = v.pipe(
  v.string(),
  v.minLength(1, 'Pattern cannot be empty'),
  v.maxLength(MAX_PATTERN_LENGTH, `Pattern exceeds maximum length of ${MAX_PATTERN_LENGTH} characters`),
  v.check(
    (pattern) => isPattern(pattern) && isSafePattern(pattern),
    'Invalid regex pattern: must be valid regex and not cause catastrophic backtracking',
  ),
)
const UsageCondition = v.object({
  usageDetailPattern: UsagePattern,
  operator: v.picklist(['gt', 'gte', 'lt', 'lte', 'eq', 'neq']),
  value: v.pipe(v.number(), v.minValue(0)),
  caseSensitive: v.optional(v.boolean(), false),
})
const AttributeCondition = v.object({
  source: v.picklist(['model_parameters', 'metadata']),
  key: v.pipe(v.string(), v.minLength(1, 'Key cannot be empty'), v.maxLength(200)),
  operator: v.literal('in'),
  values: v.pipe(v.array(v.pipe(v.string(), v.minLength(1, 'Value cannot be empty'))), v.minLength(1)),
})

/** A checked tier. */
export type PricingTierBody = Omit<ModelTier, 'id'>

/** A tier as `POST /api/public/models` takes it. */
export const PricingTier: v.GenericSchema<unknown, PricingTierBody> = v.object({
  name: v.pipe(
    v.string(),
    v.trim(),
    v.minLength(1, 'Name cannot be empty'),
    v.maxLength(100, 'Name exceeds maximum length of 100 characters'),
  ),
  isDefault: v.optional(v.boolean(), false),
  priority: v.pipe(
    v.number(),
    v.integer(),
    v.minValue(0, 'Priority must be non-negative'),
    v.maxValue(999, 'Priority cannot exceed 999'),
  ),
  conditions: v.array(v.union([UsageCondition, AttributeCondition])),
  prices: v.record(v.string(), v.pipe(v.number(), v.minValue(0, 'Price must be non-negative'))),
})

/**
 * What is wrong with the tiers of a model taken together.
 *
 * @param tiers The tiers, at least one.
 * @returns The first thing, in Langfuse's words; undefined when nothing is.
 */
export function tiersProblem(tiers: readonly PricingTierBody[]): string | undefined {
  const standards = tiers.filter(({ isDefault }) => isDefault)
  const [standard] = standards
  if (standard === undefined) return 'Exactly one pricing tier must have isDefault: true'
  if (standards.length > 1) return `Only one pricing tier can have isDefault: true, found ${standards.length}`
  if (standard.priority !== 0) return 'Default pricing tier must have priority: 0'
  if (standard.conditions.length > 0) return 'Default pricing tier must have empty conditions array'
  const unconditional = tiers.find(({ isDefault, conditions }) => !isDefault && conditions.length === 0)
  if (unconditional !== undefined)
    return `Non-default pricing tier "${unconditional.name}" must have at least one condition`
  if (new Set(tiers.map(({ priority }) => priority)).size < tiers.length)
    return 'Pricing tier priorities must be unique within a model'
  if (new Set(tiers.map(({ name }) => name)).size < tiers.length) return 'Pricing tier names must be unique'
  const free = tiers.find(({ prices }) => Object.keys(prices).length === 0)
  if (free !== undefined) return `Pricing tier "${free.name}" must have at least one price defined`
  return kindsProblem(tiers, Object.keys(standard.prices).sort())
}

function kindsProblem(tiers: readonly PricingTierBody[], expected: readonly string[]): string | undefined {
  for (const { name, prices } of tiers) {
    const kinds = Object.keys(prices).sort()
    if (JSON.stringify(kinds) === JSON.stringify(expected)) continue
    return `Pricing tier "${name}" must have the same usage keys as the default tier. Expected: [${expected.join(', ')}], Got: [${kinds.join(', ')}]`
  }
  return undefined
}

function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern)
    return true
  } catch {
    return false
  }
}
