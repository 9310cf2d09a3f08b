import type { Attributes } from '../decode-otlp/attributes.js'
import type { DecodedEvent } from '../decode-otlp/decoded-span.js'
import { isRecord } from '../is-record.js'
import { aiSdkPayload } from './ai-sdk-payload.js'
import { eventPayload } from './event-payload.js'
import { genAiPayload } from './gen-ai-payload.js'
import { nestedPayload } from './nested-keys.js'
import { parseJson } from './parse-json.js'
import type { Payload } from './payload.js'

type Source = (
  attributes: Attributes,
  events: readonly DecodedEvent[],
  scopeName: string | undefined,
) => Payload | undefined

// In order of precedence, as in Langfuse 4.16. The first source that has an input or an output gives both.
const SOURCES: readonly Source[] = [
  (attributes) => whenSet(attributes['langfuse.observation.input'], attributes['langfuse.observation.output']),
  (attributes, _events, scopeName) => (scopeName === 'genkit-tracer' ? genkitPayload(attributes) : undefined),
  (attributes, _events, scopeName) => (scopeName === 'ai' ? aiSdkPayload(attributes) : undefined),
  (_attributes, events) => eventPayload(events),
  vertexPayload,
  pair('prompt', 'all_messages_events'),
  logfirePayload,
  pair('mlflow.spanInputs', 'mlflow.spanOutputs'),
  pair('traceloop.entity.input', 'traceloop.entity.output'),
  pair('input.value', 'output.value'),
  pair('input', 'output'),
  (attributes, _events, scopeName) =>
    scopeName === 'pydantic-ai' ? pair('pydantic_ai.all_messages', 'final_result')(attributes) : undefined,
  pair('tool_arguments', 'tool_response'),
  (attributes) => nestedPayload(attributes, 'gen_ai.prompt', 'gen_ai.completion'),
  (attributes) => nestedPayload(attributes, 'llm.input_messages', 'llm.output_messages'),
  genAiPayload,
]

/**
 * The input and output of a span, from whichever convention its instrumentation follows.
 *
 * @param attributes The attributes of the span.
 * @param events Its events: some conventions put messages there.
 * @param scopeName The name of its scope, which tells some instrumentations apart.
 * @returns What went in and out; null for what is not there.
 */
export function inputAndOutput(
  attributes: Attributes,
  events: readonly DecodedEvent[],
  scopeName: string | undefined,
): Payload {
  for (const source of SOURCES) {
    const payload = source(attributes, events, scopeName)
    if (payload !== undefined) return payload
  }
  return { input: null, output: null }
}

function whenSet(input: unknown, output: unknown): Payload | undefined {
  return input === undefined && output === undefined ? undefined : { input, output }
}

/** A source of two plain attributes; empty ones do not count. */
function pair(inputKey: string, outputKey: string): (attributes: Attributes) => Payload | undefined {
  return (attributes) => {
    const [input, output] = [attributes[inputKey], attributes[outputKey]]
    return input || output ? { input, output } : undefined
  }
}

/** Genkit wraps messages in a request and a response on model spans; on the others the whole object is the payload. */
function genkitPayload(attributes: Attributes): Payload {
  const unwrap = (key: string, field: string): unknown => {
    const value = parseJson(attributes[key]) ?? attributes[key]
    return isRecord(value) && value[field] !== undefined ? value[field] : value
  }
  return { input: unwrap('genkit:input', 'messages'), output: unwrap('genkit:output', 'message') }
}

/** Google's ADK sends `{}` for the model's side of a tool call; the tool's own attributes count then. */
function vertexPayload(attributes: Attributes): Payload | undefined {
  const choose = (model: string, tool: string): unknown => {
    const value = attributes[`gcp.vertex.agent.${model}`]
    return value && value !== '{}' ? value : attributes[`gcp.vertex.agent.${tool}`]
  }
  const [input, output] = [choose('llm_request', 'tool_call_args'), choose('llm_response', 'tool_response')]
  return input || output ? { input, output } : undefined
}

/** Logfire keeps all events of a model call in one attribute. */
function logfirePayload(attributes: Attributes): Payload | undefined {
  const raw = attributes.events
  const events = Array.isArray(raw) ? raw : parseJson(raw)
  if (!Array.isArray(events)) return undefined
  const isChoice = (event: unknown): boolean => isRecord(event) && event['event.name'] === 'gen_ai.choice'
  const inputs = events.filter((event) => !isChoice(event))
  const choice = events.find(isChoice)
  return choice === undefined && inputs.length === 0
    ? undefined
    : { input: inputs.length > 0 ? inputs : null, output: choice ?? null }
}
