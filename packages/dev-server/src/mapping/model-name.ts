import type { Attributes } from '../decode-otlp/attributes.js'
import { firstAttribute } from './first-attribute.js'

const KEYS = [
  'langfuse.observation.model.name',
  'gen_ai.response.model',
  'ai.model.id',
  'gen_ai.request.model',
  'llm.response.model',
  'llm.model_name',
  'model',
]

/**
 * The model a span names.
 *
 * @param attributes The attributes of the span.
 * @returns The name as given, or undefined.
 */
export function modelName(attributes: Attributes): string | undefined {
  const isGenkitModel = attributes['genkit:metadata:subtype'] === 'model'
  return firstAttribute(attributes, isGenkitModel ? [...KEYS, 'genkit:name'] : KEYS)
}

/**
 * Whether a span sums up an agent's run for the AI SDK: its usage repeats that of the model calls below it, so taking it would
 * count everything twice.
 *
 * @param attributes The attributes of the span.
 * @returns True when model, usage and cost of the span must be left out.
 */
export function isAggregateSpan(attributes: Attributes): boolean {
  const operation = attributes['gen_ai.operation.name']
  return operation === 'invoke_agent' || operation === 'agent_step'
}
