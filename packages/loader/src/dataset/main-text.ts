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
  for (const name of namesByRank(record, rules)) {
    const found = findText(record[name], rules, depth - 1)
    if (found === undefined) continue
    const rest = without(record, name)
    // What stands beside the text further in is kept too, under the name it stands in.
    return {
      text: found.text,
      rest: isEmpty(found.rest) ? rest : Object.fromEntries([...Object.entries(rest), [name, found.rest]]),
    }
  }
  const [only, ...others] = Object.values(record)
  return typeof only === 'string' && others.length === 0 ? { text: only, rest: {} } : undefined
}

/** The names of the fields that may hold the main text, best first; of fields that are called the same, the first that holds anything. */
function namesByRank(record: WireRecord, { keys }: MainTextRules): readonly string[] {
  const ranked = new Map<number, string>()
  for (const name of Object.keys(record)) {
    if (record[name] === null || record[name] === '') continue
    const rank = keys.indexOf(bareKey(name))
    if (rank >= 0 && !ranked.has(rank)) ranked.set(rank, name)
  }
  return [...ranked].sort(([a], [b]) => a - b).map(([, name]) => name)
}

// Nearly all names are bare already.
function bareKey(name: string): string {
  return /[^a-z0-9]/.test(name) ? name.toLowerCase().replace(/[^a-z0-9]/g, '') : name
}

// Key by key would set the prototype where a key is called `__proto__`.
function without(record: WireRecord, name: string): WireRecord {
  const { [name]: _, ...rest } = record
  return rest
}

function isEmpty(record: WireRecord): boolean {
  for (const _ in record) return false
  return true
}
