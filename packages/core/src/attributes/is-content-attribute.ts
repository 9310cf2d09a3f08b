import type { Attributes } from '@opentelemetry/api'

/**
 * Attributes whose values are what a user or a model said, and families of them (`gen_ai.prompt.0.content`), in the names of Langfuse and of
 * OpenTelemetry's GenAI conventions. Those of other conventions, which only other instrumentations write, are the exporter's to drop.
 */
const CONTENT =
  /^(langfuse\.(observation|trace)\.(in|out)put|gen_ai\.(prompt|completion|(in|out)put\.messages|system_instructions|tool\.call\.(arguments|result)))(\.|$)/

/** Whether an attribute holds content, which stays off a span while content capture is off. */
export function isContentAttribute(key: string): boolean {
  return CONTENT.test(key)
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
