import { type Message, type MessagePart, readMessages } from '../../payload/read-messages.js'

/** Where people put what was asked. */
const QUESTION_KEYS = ['question', 'query', 'prompt', 'message', 'input', 'text', 'content', 'user', 'user_input']
/** Where people put what was answered. */
const ANSWER_KEYS = ['answer', 'output', 'response', 'reply', 'completion', 'text', 'content', 'message', 'result']

/**
 * What was new in the input of a turn: of a request that repeats the conversation, the last thing the user said.
 *
 * @param input As it is stored: text, often JSON.
 * @returns The parts to show; none when there is nothing.
 */
export function questionParts(input: string): readonly MessagePart[] {
  const value = parsed(input)
  const messages = readMessages(value)
  if (messages === undefined) return plainParts(value, QUESTION_KEYS)
  return (messages.findLast(({ role }) => role === 'user') ?? messages.at(-1))?.parts ?? []
}

/**
 * What was answered in a turn.
 *
 * @param output As it is stored: text, often JSON.
 * @returns The parts to show; none when there is nothing.
 */
export function answerParts(output: string): readonly MessagePart[] {
  const value = parsed(output)
  const messages = readMessages(value)
  return messages === undefined ? plainParts(value, ANSWER_KEYS) : lastOf(messages).parts
}

/** A whole conversation as an output ends with the answer. */
function lastOf(messages: readonly Message[]): Message {
  return (
    messages.findLast(({ role, parts }) => role !== 'tool' && parts.length > 0) ??
    messages.at(-1) ?? { role: '', parts: [] }
  )
}

function plainParts(value: unknown, keys: readonly string[]): readonly MessagePart[] {
  if (value === '' || value === undefined || value === null) return []
  if (typeof value === 'string') return [{ kind: 'text', text: value }]
  if (typeof value !== 'object') return [{ kind: 'text', text: String(value) }]
  const fields = new Map<string, unknown>(Object.entries(value))
  const texts = [...fields].filter(([, each]) => typeof each === 'string')
  const found = keys.map((key) => fields.get(key)).find((each) => typeof each === 'string' && each !== '')
  const main = found ?? (fields.size === 1 ? texts[0]?.[1] : undefined)
  if (main === '') return []
  return typeof main === 'string' ? [{ kind: 'text', text: main }] : [{ kind: 'other', value }]
}

function parsed(text: string): unknown {
  if (!/^\s*[[{"]/.test(text)) return text
  try {
    return JSON.parse(text) as unknown
  } catch {
    // Also JSON that was cut because it was very long.
    return text
  }
}
