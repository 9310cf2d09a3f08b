import type { Attributes } from '../decode-otlp/attributes.js'
import { isRecord } from '../is-record.js'
import type { CostDetails } from '../model/observation.js'
import { parseJson } from './parse-json.js'

/**
 * The cost a span states: `langfuse.observation.cost_details`, or the one figure of `gen_ai.usage.cost` or OpenInference's
 * `llm.cost.total`.
 *
 * @param attributes The attributes of the span.
 * @returns The cost, empty when the span states none.
 */
export function statedCost(attributes: Attributes): CostDetails {
  const stated = parseJson(attributes['langfuse.observation.cost_details'])
  if (stated !== undefined) return isRecord(stated) ? numbersOf(stated) : {}
  for (const key of ['gen_ai.usage.cost', 'llm.cost.total']) {
    const value = attributes[key]
    if (value !== undefined && value !== '') return numbersOf({ total: value })
  }
  return {}
}

/**
 * Completes a stated cost: `total` becomes input plus output when nothing but these two is there.
 *
 * @param stated What the span states, not empty.
 * @returns The cost as it is stored.
 */
export function completeStatedCost(stated: CostDetails): CostDetails {
  const isInputAndOutput = Object.keys(stated).every((key) => key === 'input' || key === 'output')
  if (stated.total !== undefined || !isInputAndOutput) return roundCosts(stated)
  return roundCosts({ ...stated, total: (stated.input ?? 0) + (stated.output ?? 0) })
}

/**
 * Rounds to the twelve decimals Langfuse stores (`Decimal(18, 12)`), which also takes the noise out of sums of doubles.
 *
 * @param costs US dollars by kind.
 * @returns The rounded costs.
 */
export function roundCosts(costs: CostDetails): CostDetails {
  return Object.fromEntries(Object.entries(costs).map(([key, cost]) => [key, Number(cost.toFixed(12))]))
}

function numbersOf(costs: Record<string, unknown>): CostDetails {
  const result: CostDetails = {}
  for (const [key, value] of Object.entries(costs)) {
    const cost = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
    if (typeof cost === 'number' && Number.isFinite(cost)) result[key] = cost
  }
  return result
}
