/** The units that a model can be billed by. */
export const MODEL_UNITS = ['TOKENS', 'CHARACTERS', 'MILLISECONDS', 'SECONDS', 'REQUESTS', 'IMAGES'] as const

/** Compares the units of a call: the sum of all kinds of usage that a pattern matches. */
export interface UsageCondition {
  readonly usageDetailPattern: string
  readonly operator: 'gt' | 'gte' | 'lt' | 'lte' | 'eq' | 'neq'
  readonly value: number
  readonly caseSensitive: boolean
}

/** Asks for one of several values of a model parameter or of the metadata. */
export interface AttributeCondition {
  readonly source: 'model_parameters' | 'metadata'
  readonly key: string
  readonly operator: 'in'
  readonly values: readonly string[]
}

/** When the prices of a tier apply, as Langfuse's API has it. */
export type PricingCondition = UsageCondition | AttributeCondition

/** A set of prices, and when it applies. */
export interface ModelTier {
  readonly id: string
  readonly name: string
  /** Exactly one tier of a model is; it has no conditions, and the priority 0. */
  readonly isDefault: boolean
  /** The order in which tiers are tried. */
  readonly priority: number
  /** All must hold. */
  readonly conditions: readonly PricingCondition[]
  /** US dollars for one unit, by kind of usage. */
  readonly prices: Readonly<Record<string, number>>
}

/** A model that the project has defined itself, with its prices. */
export interface ModelDefinition {
  readonly id: string
  readonly createdAtMillis: number
  /** No two of a project have the same. */
  readonly modelName: string
  /** A regular expression of PostgreSQL: what the names in spans are compared with. */
  readonly matchPattern: string
  readonly startDateMillis: number | null
  readonly unit: (typeof MODEL_UNITS)[number]
  readonly tokenizerId: string | null
  /** What JSON can say. */
  readonly tokenizerConfig: unknown
  /** By priority. */
  readonly tiers: readonly ModelTier[]
}
