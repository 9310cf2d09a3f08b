import { isRecord } from '../is-record.js'
import { parseJson } from './parse-json.js'

/** The tools a model was offered and the ones it called, by name: what the tool columns of a filter ask for. */
export interface ToolUse {
  /** Names of the tools in the request, without repetition. */
  readonly offered: readonly string[]
  /** Names of the tools in the answer, one for each call. */
  readonly called: readonly string[]
}

/**
 * Finds tools in the input and output of a model call, in the shapes of OpenAI, Anthropic and the AI SDK.
 *
 * @param input The input as stored: text that may be JSON.
 * @param output The output as stored.
 * @returns The names, empty when there are none.
 */
export function toolUse(input: string, output: string): ToolUse {
  // Most payloads have no tools, and parsing every one of them a second time would be the most expensive part of the mapping.
  const offered = input.includes('"tools"') ? offeredTools(parseJson(input)) : []
  const called = /tool|function|call/.test(output) ? calledTools(parseJson(output)) : []
  return { offered: [...new Set(offered)], called }
}

function offeredTools(input: unknown): string[] {
  const request = Array.isArray(input) ? { messages: input } : input
  if (!isRecord(request)) return []
  const perMessage = list(request.messages).flatMap((message) => (isRecord(message) ? list(message.tools) : []))
  return [...list(request.tools), ...perMessage].flatMap(toolName)
}

function calledTools(output: unknown): string[] {
  if (Array.isArray(output)) return output.flatMap((item) => (isCall(item) ? toolName(item) : calledTools(item)))
  if (!isRecord(output)) return []
  if (isCall(output)) return toolName(output)
  const nested = [output.message, output.choices, output.output, output.messages].flatMap((value) =>
    calledTools(value ?? []),
  )
  const parts = list(output.content).flatMap((part) => (isCall(part) ? toolName(part) : []))
  const calls = typeof output.tool_calls === 'string' ? parseJson(output.tool_calls) : output.tool_calls
  return [...list(calls).flatMap(toolName), ...parts, ...nested]
}

/** A request of the model to run a tool; messages and the results of tools are none. */
function isCall(value: unknown): boolean {
  if (!isRecord(value) || 'role' in value) return false
  return (
    value.type === 'tool_use' ||
    value.type === 'tool-call' ||
    value.type === 'function_call' ||
    value.type === 'function'
  )
}

function toolName(tool: unknown): string[] {
  if (!isRecord(tool)) return []
  const named = isRecord(tool.function) ? tool.function.name : (tool.name ?? tool.toolName)
  return typeof named === 'string' && named !== '' ? [named] : []
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
