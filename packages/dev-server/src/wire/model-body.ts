import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { postgresPattern } from '../mapping/postgres-pattern.js'
import { MODEL_UNITS, type ModelDefinition, type ModelTier } from '../model/model-definition.js'
import { MAX_JSON_DEPTH, nestsTooDeep } from '../nests-too-deep.js'
import { invalidData, invalidRequest } from './api-error.js'
import { PricingTier, tiersProblem } from './model-tiers.js'
import { parseRequest } from './parse-request.js'

const Price = v.nullish(v.pipe(v.number(), v.minValue(0)))
// Langfuse takes whatever JavaScript takes for a date.
const Instant = v.pipe(
  v.union([v.string(), v.number()]),
  v.transform((text) => new Date(text).getTime()),
  v.check((millis) => !Number.isNaN(millis), 'Invalid input: expected date, received Date'),
)
const Body = v.object({
  modelName: v.string(),
  matchPattern: v.string(),
  startDate: v.nullish(Instant),
  inputPrice: Price,
  outputPrice: Price,
  totalPrice: Price,
  unit: v.picklist(MODEL_UNITS),
  tokenizerId: v.nullish(v.picklist(['openai', 'claude'])),
  tokenizerConfig: v.optional(v.unknown()),
  pricingTiers: v.nullish(v.array(PricingTier)),
})

/**
 * Reads the body of `POST /api/public/models`.
 *
 * @param body What came in.
 * @param id The id the model gets.
 * @param nowMillis What time it is.
 * @returns The model to store.
 * @throws {ApiError} 400 in Langfuse's words if it is no model.
 */
export function parseModel(body: unknown, id: string, nowMillis: number): ModelDefinition {
  const parsed = parseRequest(Body, body)
  const problem = pricesProblem(parsed)
  if (problem !== undefined) throw invalidData([{ code: 'custom', ...problem }])
  if (postgresPattern(parsed.matchPattern) === undefined) {
    throw invalidRequest('matchPattern is not a valid regex pattern (Postgres)')
  }
  if (nestsTooDeep(parsed.tokenizerConfig)) {
    throw invalidRequest(`The tokenizerConfig of a model may nest ${MAX_JSON_DEPTH} levels deep: send less`)
  }
  return {
    id,
    createdAtMillis: nowMillis,
    modelName: parsed.modelName,
    matchPattern: parsed.matchPattern,
    startDateMillis: parsed.startDate ?? null,
    unit: parsed.unit,
    tokenizerId: parsed.tokenizerId ?? null,
    tokenizerConfig: parsed.tokenizerConfig ?? null,
    tiers: tiersOf(parsed, id),
  }
}

type ParsedBody = v.InferOutput<typeof Body>

const BOTH_OR_NEITHER = 'Must provide either flat prices (inputPrice/outputPrice/totalPrice) OR pricingTiers'

function pricesProblem(body: ParsedBody): { readonly path: string[]; readonly message: string } | undefined {
  const isFlat = [body.inputPrice, body.outputPrice, body.totalPrice].some((price) => typeof price === 'number')
  const tiers = body.pricingTiers ?? []
  if (isFlat === tiers.length > 0)
    return { path: [], message: isFlat ? `${BOTH_OR_NEITHER}, not both` : BOTH_OR_NEITHER }
  if (isFlat) {
    // A price of nothing is none for Langfuse here.
    const isMixed = Boolean((body.inputPrice || body.outputPrice) && body.totalPrice)
    const message = 'If input and/or output price is set, total price must be null'
    return isMixed ? { path: ['totalPrice'], message } : undefined
  }
  const message = tiersProblem(tiers)
  return message === undefined ? undefined : { path: ['pricingTiers'], message }
}

function tiersOf({ inputPrice, outputPrice, totalPrice, pricingTiers }: ParsedBody, id: string): ModelTier[] {
  if (pricingTiers !== null && pricingTiers !== undefined && pricingTiers.length > 0) {
    return pricingTiers.map((tier) => ({ id: randomUUID(), ...tier })).sort((a, b) => a.priority - b.priority)
  }
  const given = Object.entries({ input: inputPrice, output: outputPrice, total: totalPrice })
  const prices = Object.fromEntries(
    given.flatMap(([kind, price]) => (typeof price === 'number' ? [[kind, price]] : [])),
  )
  return [{ id: `${id}_tier_default`, name: 'Standard', isDefault: true, priority: 0, conditions: [], prices }]
}
