import type { Attributes } from '@opentelemetry/api'

/**
 * Attributes whose values are what a user or a model said, and families of them (`gen_ai.prompt.0.content`).
 *
 * Sources: Langfuse 4.16, which reads all of these as input or output; OpenInference (`input.value`, `llm.*`, `retrieval.*`);
 * OpenTelemetry's GenAI conventions (`gen_ai.*`); Traceloop (`traceloop.*`); Vercel's AI SDK (`ai.*`).
 */
const CONTENT: readonly string[] = [
  'langfuse.(observation|trace).(in|out)put',
  '(in|out)put.value',
  'llm.((in|out)put_messages|prompts)',
  'retrieval.documents',
  'gen_ai.(prompt|completion|(in|out)put.messages|system_instructions|tool.call.(arguments|result))',
  'traceloop.entity.(in|out)put',
  'ai.(prompt|response.(text|object|toolCalls)|toolCall.(args|result))',
]
// Made one expression, because every attribute with a dot is held against it.
const PATTERN = new RegExp(`^(${CONTENT.join('|')})(.|$)`.replaceAll('.', '\\.'))

/** Whether an attribute holds content, which stays off a span while content capture is off. */
export function isContentAttribute(key: string): boolean {
  return PATTERN.test(key)
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
