import type { Attributes } from '../decode-otlp/attributes.js'
import { genAiPayload } from './gen-ai-payload.js'
import type { Payload } from './payload.js'

const INPUT_KEYS = ['ai.prompt.messages', 'ai.prompt', 'ai.toolCall.args']

// `ai.result.*` is what versions before 4 call `ai.response.*`.
const OUTPUT_KEYS = [
  'ai.result.text',
  'ai.toolCall.result',
  'ai.response.object',
  'ai.result.object',
  'ai.response.toolCalls',
  'ai.result.toolCalls',
]

/**
 * The input and output of a span of the Vercel AI SDK (scope `ai`).
 *
 * @param attributes The attributes of the span.
 * @returns The payload; always, because nothing else is asked for spans of this scope.
 */
export function aiSdkPayload(attributes: Attributes): Payload {
  const standard = genAiPayload(attributes)
  return {
    input: firstPresent(attributes, INPUT_KEYS) ?? standard?.input,
    output: aiSdkOutput(attributes) ?? standard?.output,
  }
}

function aiSdkOutput(attributes: Attributes): unknown {
  const text = attributes['ai.response.text']
  const toolCalls = attributes['ai.response.toolCalls']
  if (text !== undefined && toolCalls !== undefined) {
    return JSON.stringify({ role: 'assistant', content: text, tool_calls: toolCalls })
  }
  return text || firstPresent(attributes, OUTPUT_KEYS)
}

function firstPresent(attributes: Attributes, keys: readonly string[]): unknown {
  const key = keys.find((candidate) => candidate in attributes)
  return key === undefined ? undefined : attributes[key]
}
