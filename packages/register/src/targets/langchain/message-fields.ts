import { type Fields, fieldsOf, listOf, textOf } from '../../calls/read-fields.js'

const ROLES: Readonly<Record<string, string>> = { human: 'user', ai: 'assistant' }

/**
 * LangChain's messages as Langfuse shows conversations: `{ role, content, … }`. Looks for them where runs have them: the value itself, a list of
 * them, members of a state.
 *
 * @param value - What went into a run or came out of it.
 * @returns The value with plain objects for messages; any other value as it is.
 */
export function messagesOf(value: unknown): unknown {
  if (isMessage(value)) return plain(value)
  if (Array.isArray(value)) return value.map((item) => (isMessage(item) ? plain(item) : item))
  if (isPrompt(value)) return messagesOf(value.toChatMessages())
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shallow(member)]))
}

function shallow(member: unknown): unknown {
  return isMessage(member) || Array.isArray(member) ? messagesOf(member) : member
}

/** What a prompt template gives. */
function isPrompt(value: unknown): value is { toChatMessages(): unknown } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'toChatMessages' in value &&
    typeof value.toChatMessages === 'function'
  )
}

function isMessage(value: unknown): value is Fields & { _getType(): unknown } {
  return typeof value === 'object' && value !== null && '_getType' in value && typeof value._getType === 'function'
}

function plain(message: Fields & { _getType(): unknown }): Fields {
  const type = textOf(message._getType()) ?? 'unknown'
  const { content, name, tool_calls, tool_call_id, role } = message
  const calls = listOf(tool_calls).map((call) => {
    const { id, name: called, args } = fieldsOf(call)
    // As OpenAI has them, which is the shape that Langfuse shows.
    return { id, type: 'function', function: { name: called, arguments: JSON.stringify(args) } }
  })
  return {
    role: ROLES[type] ?? textOf(role) ?? type,
    content,
    ...(name !== undefined && { name }),
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(tool_call_id !== undefined && { tool_call_id }),
  }
}
