import { isRecord, type WireRecord } from '../wire/read-field.js'
import { textOfValue } from './text-of-value.js'

/**
 * Tells whether a value is a list of chat messages, as OpenAI, Anthropic, LangChain and others write them.
 *
 * @param value - A payload or a part of one.
 * @returns The messages, or `undefined` if it is something else.
 */
export function readChatMessages(value: unknown): readonly WireRecord[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined
  const messages = value.filter(isRecord)
  const all = messages.length === value.length && messages.every((message) => roleOf(message) !== undefined)
  return all ? messages : undefined
}

/**
 * Takes the text of the last message that a role wrote.
 *
 * @param messages - The messages, oldest first.
 * @param roles - The role under its various names.
 * @returns The text, or `undefined` if that role said nothing.
 */
export function lastTextOf(messages: readonly WireRecord[], roles: readonly string[]): string | undefined {
  for (const message of [...messages].reverse()) {
    if (!roles.includes(roleOf(message) ?? '')) continue
    const text = textOfValue(message.content ?? message.parts)
    // A message that only calls tools has no text: the one before it is the answer.
    if (text !== '') return text
  }
  return undefined
}

/**
 * Tells who wrote a message: LangChain says `type` with its own names where the others say `role`.
 *
 * @param message - What may be a chat message.
 * @returns The role in lower case, or `undefined` if it has none.
 */
export function roleOf(message: WireRecord): string | undefined {
  const role = message.role ?? ('content' in message ? message.type : undefined)
  return typeof role === 'string' ? role.toLowerCase() : undefined
}
