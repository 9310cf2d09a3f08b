import type { Attributes } from '@opentelemetry/api'
import { LANGFUSE } from './names.js'

/**
 * Attributes whose values are what a user or a model said, and families of them (`gen_ai.prompt.0.content`).
 *
 * Sources: Langfuse 4.16, which reads all of these as input or output; OpenInference (`input.value`, `llm.*`, `retrieval.*`);
 * OpenTelemetry's GenAI conventions (`gen_ai.*`); Traceloop (`traceloop.*`); Vercel's AI SDK (`ai.*`).
 */
const CONTENT: readonly string[] = [
  LANGFUSE.input,
  LANGFUSE.output,
  'langfuse.trace.input',
  'langfuse.trace.output',
  'input.value',
  'output.value',
  'llm.input_messages',
  'llm.output_messages',
  'llm.prompts',
  'retrieval.documents',
  'gen_ai.prompt',
  'gen_ai.completion',
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.system_instructions',
  'gen_ai.tool.call.arguments',
  'gen_ai.tool.call.result',
  'traceloop.entity.input',
  'traceloop.entity.output',
  'ai.prompt',
  'ai.response.text',
  'ai.response.object',
  'ai.response.toolCalls',
  'ai.toolCall.args',
  'ai.toolCall.result',
]

/** Whether an attribute holds content, which stays off a span while content capture is off. */
export function isContentAttribute(key: string): boolean {
  return CONTENT.some((name) => key.startsWith(name) && (key.length === name.length || key[name.length] === '.'))
}

/**
 * The attributes of an event, those left out that hold content.
 *
 * @param event - The event's name: Langfuse reads every attribute of a `gen_ai.…` event as a message.
 * @param attributes - Its attributes.
 */
export function withoutContent(event: string, attributes: Attributes = {}): Attributes {
  if (event.startsWith('gen_ai.')) return {}
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => !isContentAttribute(key)))
}
