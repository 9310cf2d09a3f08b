import { isRecord, type WireRecord } from '../wire/read-field.js'
import { lastTextOf, readChatMessages } from './chat-messages.js'
import { textOfParts, textOfValue } from './text-of-value.js'

/** What an input or output says above all, and what else it holds. */
export interface MainText {
  readonly text: string
  /** The fields of an object that the text was not taken from. */
  readonly rest: WireRecord
}

/** Where the main text of a kind of payload stands. */
export interface MainTextRules {
  /** Names of the field that holds it, best first, in lower case without separators. */
  readonly keys: readonly string[]
  /** Roles of the chat message that holds it. */
  readonly roles: readonly string[]
  /** Whether a list of several things may be a call's arguments, whose first text is the main one. */
  readonly lists: 'arguments' | 'data'
}

/** Of an input: the question. */
export const QUERY_RULES: MainTextRules = {
  keys: [
    ...[
      'query',
      'question',
      'userquery',
      'userinput',
      'usermessage',
      'input',
      'inputs',
      'prompt',
      'message',
      'messages',
    ],
    ...['text', 'content', 'contents', 'q', 'args', 'kwargs'],
  ],
  roles: ['user', 'human'],
  lists: 'arguments',
}

/** Of an output: the answer. */
export const ANSWER_RULES: MainTextRules = {
  keys: [
    ...[
      'response',
      'answer',
      'actualoutput',
      'output',
      'outputs',
      'result',
      'completion',
      'content',
      'text',
      'outputtext',
    ],
    ...['message', 'messages', 'reply', 'generation', 'generatedtext', 'choices', 'candidates', 'a'],
  ],
  roles: ['assistant', 'ai', 'model'],
  lists: 'data',
}

// Wrappers such as `{ choices: [{ message: { content } }] }` are a few deep; deeper than this it is data, not a wrapper.
const MAX_DEPTH = 6

/**
 * Finds the main text of a payload: text itself; the last message of a chat by the right role; the field whose name says so.
 *
 * @param value - The payload.
 * @param rules - Which fields and roles to look for.
 * @returns The text (of an object that shows none, its JSON) and the fields besides it.
 */
export function mainText(value: unknown, rules: MainTextRules): MainText {
  return findText(value, rules, MAX_DEPTH) ?? { text: textOfValue(value), rest: {} }
}

function findText(value: unknown, rules: MainTextRules, depth: number): MainText | undefined {
  if (value === null || value === undefined || depth === 0) return undefined
  if (typeof value !== 'object') return { text: textOfValue(value), rest: {} }
  const messages = readChatMessages(value) ?? readChatMessages([value])
  if (messages !== undefined) {
    const text = lastTextOf(messages, rules.roles)
    return text === undefined ? undefined : { text, rest: {} }
  }
  if (Array.isArray(value)) {
    const text = textOfParts(value)
    if (text !== undefined) return { text, rest: {} }
    // A list of one wraps it: `[question]`, `choices: [choice]`.
    return value.length === 1 ? findText(value[0], rules, depth - 1) : findInArguments(value, rules)
  }
  return isRecord(value) ? findInRecord(value, rules, depth) : undefined
}

// Positional arguments, captured without their names: `['Why?', { k: 3 }]`. A list of texts alone is more likely data.
function findInArguments([first, ...others]: readonly unknown[], rules: MainTextRules): MainText | undefined {
  const isCall = rules.lists === 'arguments' && others.some((other) => typeof other !== 'string')
  return isCall && typeof first === 'string' && first !== '' ? { text: first, rest: { arguments: others } } : undefined
}

function findInRecord(record: WireRecord, rules: MainTextRules, depth: number): MainText | undefined {
  const entries = Object.entries(record)
  const filled = new Map<string, readonly [string, unknown]>()
  for (const entry of entries) {
    const key = bareKey(entry[0])
    if (entry[1] !== null && entry[1] !== '' && !filled.has(key)) filled.set(key, entry)
  }
  for (const key of rules.keys) {
    const entry = filled.get(key)
    const found = entry === undefined ? undefined : findText(entry[1], rules, depth - 1)
    if (entry === undefined || found === undefined) continue
    // What stands beside the text further in is kept too, under the name it stands in.
    const inner = Object.keys(found.rest).length === 0 ? [] : [[entry[0], found.rest] as const]
    return { text: found.text, rest: Object.fromEntries([...entries.filter(([name]) => name !== entry[0]), ...inner]) }
  }
  const [only] = entries
  const isOnlyText = entries.length === 1 && only !== undefined && typeof only[1] === 'string'
  return isOnlyText ? { text: String(only[1]), rest: {} } : undefined
}

function bareKey(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}
