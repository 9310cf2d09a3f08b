import type { StreamAssembly } from '../../calls/model-operation.js'
import { type Fields, fieldsOf, listOf } from '../../calls/read-fields.js'

type Writable = Record<string, unknown>

/**
 * Puts `chat.completion.chunk`s together to what the call would have given without streaming.
 */
export function assembleChatCompletion(): StreamAssembly {
  const completion: Writable = {}
  const choices = new Map<unknown, Writable>()
  return {
    add(chunk) {
      const { choices: changes, usage, model } = fieldsOf(chunk)
      if (model) completion.model = model
      // Comes last, with no choices, if it was asked for.
      if (usage) completion.usage = usage
      let isWriting = false
      for (const change of listOf(changes)) {
        const { index, delta } = fieldsOf(change)
        let message = choices.get(index)
        if (!message) {
          message = { role: 'assistant', content: null }
          choices.set(index, message)
        }
        if (addDelta(message, fieldsOf(delta))) isWriting = true
      }
      return isWriting
    },
    result: () => ({ ...completion, choices: [...choices.values()].map((message) => ({ message: { ...message } })) }),
  }
}

/** @returns Whether the delta carries more than a role. */
function addDelta(message: Writable, delta: Fields): boolean {
  let isWriting = false
  for (const [name, value] of Object.entries(delta)) {
    // JSON can have the name for a member; assigned, it is none.
    if (value === null || value === undefined || name === '__proto__') continue
    if (name === 'role') message.role = value
    else {
      isWriting ||= value !== ''
      if (name === 'tool_calls') message.tool_calls = addToolCalls(message.tool_calls, listOf(value))
      else if (name === 'function_call')
        message.function_call = joined(fieldsOf(message.function_call), fieldsOf(value))
      // `content` and `refusal`, and what other vendors stream in the same way: `reasoning_content`.
      else message[name] = typeof value === 'string' ? `${text(message[name])}${value}` : value
    }
  }
  return isWriting
}

function addToolCalls(calls: unknown, changes: readonly unknown[]): unknown[] {
  const all = [...listOf(calls)]
  for (const change of changes) {
    const { index, function: called, ...rest } = fieldsOf(change)
    // Some vendors leave the index out: then each chunk is a call of its own.
    const at = typeof index === 'number' && index >= 0 && index <= all.length ? index : all.length
    const call = fieldsOf(all[at])
    all[at] = { ...call, ...rest, function: joined(fieldsOf(call.function), fieldsOf(called)) }
  }
  return all
}

/** The name comes once, the arguments in pieces. */
function joined(before: Fields, change: Fields): Fields {
  const { name = before.name, arguments: more } = change
  return { name, arguments: `${text(before.arguments)}${text(more)}` }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
