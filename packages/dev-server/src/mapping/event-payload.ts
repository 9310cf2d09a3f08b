import type { DecodedEvent } from '../decode-otlp/decoded-span.js'
import { genAiPayload } from './gen-ai-payload.js'
import type { Payload } from './payload.js'

const MESSAGE_EVENT = /^gen_ai\.(system|user|assistant|tool)\.message$/

/**
 * The input and output in span events, in the three ways the GenAI conventions have had: one event with all details (1.37 and
 * later), one event a message, and Semantic Kernel's prompt and completion events.
 *
 * @param events The events of the span.
 * @returns The payload, or undefined when no event carries one.
 */
export function eventPayload(events: readonly DecodedEvent[]): Payload | undefined {
  if (events.length === 0) return undefined
  for (const event of events) {
    const payload =
      event.name === 'gen_ai.client.inference.operation.details' ? genAiPayload(event.attributes) : undefined
    if (payload !== undefined) return payload
  }
  return messageEvents(events) ?? contentEvents(events)
}

function messageEvents(events: readonly DecodedEvent[]): Payload | undefined {
  const input = events.flatMap((event) => {
    const role = MESSAGE_EVENT.exec(event.name)?.[1]
    return role === undefined ? [] : [{ role, ...event.attributes }]
  })
  const choices = events.filter((event) => event.name === 'gen_ai.choice').map((event) => ({ ...event.attributes }))
  if (input.length === 0 && choices.length === 0) return undefined
  return { input: input.length > 0 ? input : null, output: choices.length > 1 ? choices : (choices[0] ?? null) }
}

function contentEvents(events: readonly DecodedEvent[]): Payload | undefined {
  const prompt = events.find((event) => event.name === 'gen_ai.content.prompt')?.attributes
  const completion = events.find((event) => event.name === 'gen_ai.content.completion')?.attributes
  if (prompt === undefined && completion === undefined) return undefined
  return {
    input: prompt?.['gen_ai.prompt'] ?? { ...prompt },
    output: completion?.['gen_ai.completion'] ?? { ...completion },
  }
}
