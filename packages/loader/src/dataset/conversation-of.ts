import { isRecord, type WireRecord } from '../wire/read-field.js'
import { readChatMessages, roleOf } from './chat-messages.js'
import type { ConversationMessage, ConversationRole, ToolCall } from './item-fields.js'
import { textOfParts, textOfValue } from './text-of-value.js'

// What LangChain, Google and newer models of OpenAI call them.
const ROLES: Readonly<Record<string, ConversationRole>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  human: 'user',
  assistant: 'assistant',
  ai: 'assistant',
  model: 'assistant',
  tool: 'tool',
  function: 'tool',
}

/**
 * Finds the dialogue in a payload: chat messages as OpenAI, Anthropic, LangChain, the AI SDK and others write them, with their tool calls.
 *
 * @param payload - The messages, or a record that holds them.
 * @returns The messages, oldest first; none if there is no dialogue. A single message is a question and no dialogue.
 */
export function conversationOf(payload: unknown): readonly ConversationMessage[] {
  const messages = readChatMessages(payload) ?? messagesWithin(payload)
  if (messages === undefined || messages.length < 2) return []
  return messages.flatMap((message) => {
    const role = ROLES[roleOf(message) ?? '']
    if (role === undefined) return []
    return [{ role, content: contentOf(message), toolCalls: toolCallsOf(message) }]
  })
}

function messagesWithin(payload: unknown): readonly WireRecord[] | undefined {
  if (!isRecord(payload)) return undefined
  for (const value of Object.values(payload)) {
    const messages = readChatMessages(value)
    if (messages !== undefined) return messages
  }
  return undefined
}

// Parts without text are tool calls, which stand beside, or pictures, which no text stands for.
function contentOf(message: WireRecord): string {
  const content = message.content ?? message.parts
  if (!Array.isArray(content)) return textOfValue(content)
  const results = content.filter((part) => isRecord(part) && /^tool[-_]result$/.test(String(part.type)))
  return textOfParts(content) ?? results.map((part) => textOfValue(resultOf(part))).join('\n')
}

function resultOf(part: unknown): unknown {
  if (!isRecord(part)) return undefined
  return part.content ?? part.output ?? part.result
}

function toolCallsOf(message: WireRecord): readonly ToolCall[] {
  const listed = Array.isArray(message.tool_calls) ? message.tool_calls : message.toolCalls
  const content = message.content ?? message.parts
  const parts = Array.isArray(content) ? content.filter((part) => isRecord(part) && isCallPart(part)) : []
  return [...(Array.isArray(listed) ? listed : []), ...parts].flatMap((call: unknown) => {
    const read = isRecord(call) ? readToolCall(call) : undefined
    return read === undefined ? [] : [read]
  })
}

// Anthropic says `tool_use`, the AI SDK `tool-call`; Google has no type but the call itself.
function isCallPart(part: WireRecord): boolean {
  return part.type === 'tool_use' || part.type === 'tool-call' || isRecord(part.functionCall)
}

function readToolCall(call: WireRecord): ToolCall | undefined {
  // OpenAI and Google put name and arguments into a record of their own.
  const inner = isRecord(call.function) ? call.function : isRecord(call.functionCall) ? call.functionCall : call
  const name = inner.name ?? inner.toolName
  if (typeof name !== 'string' || name === '') return undefined
  const id = call.id ?? call.toolCallId
  const input = parsed(inner.arguments ?? inner.args ?? inner.input)
  return { name, id: typeof id === 'string' ? id : null, input: input ?? null, output: null }
}

// OpenAI writes arguments as JSON text.
function parsed(input: unknown): unknown {
  if (typeof input !== 'string') return input
  try {
    return JSON.parse(input)
  } catch {
    return input
  }
}
