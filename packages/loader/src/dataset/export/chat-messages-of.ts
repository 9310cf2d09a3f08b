import type { ConversationMessage, ToolCall } from '../item-fields.js'

/** A message in the form of OpenAI's chat API, which fine-tuning files of most providers follow. */
export type ChatMessage =
  | { readonly role: 'system' | 'user'; readonly content: string }
  | { readonly role: 'assistant'; readonly content: string | null; readonly tool_calls?: readonly ChatToolCall[] }
  | { readonly role: 'tool'; readonly tool_call_id: string; readonly content: string }

/** A tool call in that form. */
export interface ChatToolCall {
  readonly id: string
  readonly type: 'function'
  readonly function: { readonly name: string; readonly arguments: string }
}

/**
 * Puts a conversation into the form of OpenAI's chat API, in which every tool call has an id and is answered by a message that names it.
 * Where the conversation has no such message, the call's own output makes one.
 *
 * @param conversation - The messages.
 * @param isContinued - Whether other messages will follow, before which every call must have been answered.
 * @returns The same in that form. A message of a tool that no call asked for is left out: the form has no place for it.
 */
export function chatMessagesOf(conversation: readonly ConversationMessage[], isContinued: boolean): ChatMessage[] {
  const messages: ChatMessage[] = []
  // Calls that were made and not yet answered, oldest first.
  let open: { readonly id: string; readonly call: ToolCall }[] = []
  const answerOpen = (): void => {
    for (const { id, call } of open) messages.push({ role: 'tool', tool_call_id: id, content: asText(call.output) })
    open = []
  }
  const used = new Set<string>()
  for (const message of conversation) {
    if (message.role === 'tool') {
      const answered = open.shift()
      if (answered !== undefined) messages.push({ role: 'tool', tool_call_id: answered.id, content: message.content })
      continue
    }
    answerOpen()
    if (message.role === 'assistant' && message.toolCalls.length > 0) {
      open = message.toolCalls.map((call) => ({ id: uniqueId(call.id, used), call }))
      const toolCalls = open.map(({ id, call }) => chatToolCall(id, call))
      messages.push({
        role: 'assistant',
        content: message.content === '' ? null : message.content,
        tool_calls: toolCalls,
      })
    } else messages.push({ role: message.role, content: message.content })
  }
  // Calls at the very end are what the model is to learn; nobody has answered them yet, unless their outputs are known.
  if (isContinued || open.some(({ call }) => call.output !== null)) answerOpen()
  return messages
}

function uniqueId(given: string | null, used: Set<string>): string {
  const id = given === null || given === '' || used.has(given) ? `call_${used.size + 1}` : given
  // One that was given may look like one that was made.
  const free = used.has(id) ? `${id}_${used.size}` : id
  used.add(free)
  return free
}

function chatToolCall(id: string, call: ToolCall): ChatToolCall {
  const input = call.input ?? {}
  return { id, type: 'function', function: { name: call.name, arguments: asText(input) } }
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value)
}
