import type { Attributes } from '../decode-otlp/attributes.js'
import { isRecord } from '../is-record.js'
import { parseJson } from './parse-json.js'
import type { Payload } from './payload.js'

/**
 * The input and output in OpenTelemetry's GenAI conventions: messages, or the arguments and result of a tool call.
 *
 * @param attributes The attributes of a span, or of an event that carries them.
 * @returns The payload, or undefined when none of these attributes is set.
 * @see https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans
 */
export function genAiPayload(attributes: Attributes): Payload | undefined {
  const messages = attributes['gen_ai.input.messages']
  const output = attributes['gen_ai.output.messages']
  if (messages || output) return { input: withInstructions(messages, attributes['gen_ai.system_instructions']), output }
  const [args, result] = [attributes['gen_ai.tool.call.arguments'], attributes['gen_ai.tool.call.result']]
  return args || result ? { input: args, output: result } : undefined
}

/** Puts the system instructions, which the convention keeps apart, in front of the messages, unless some are there. */
function withInstructions(messages: unknown, instructions: unknown): unknown {
  if (!messages || !instructions) return messages
  const list = typeof messages === 'string' ? parseJson(messages) : messages
  if (!Array.isArray(list) || list.some((message) => isRecord(message) && message.role === 'system')) return messages
  const merged = [{ role: 'system', content: instructionText(instructions) }, ...list]
  return typeof messages === 'string' ? JSON.stringify(merged) : merged
}

function instructionText(instructions: unknown): string {
  const parsed = typeof instructions === 'string' ? (parseJson(instructions) ?? instructions) : instructions
  if (!Array.isArray(parsed)) return String(parsed)
  return parsed.map((part) => String(isRecord(part) && part.content ? part.content : part)).join('\n')
}
