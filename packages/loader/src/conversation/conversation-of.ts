import type { ConversationMessage, ToolCall } from '../dataset/item-fields.js'
import { ANSWER_RULES, mainText, QUERY_RULES } from '../dataset/main-text.js'
import type { Observation } from '../model/observation.js'
import type { Trace } from '../model/trace.js'
import { readListener } from '../options/read-listener.js'
import { refuseUnknown } from '../options/refuse-unknown.js'
import { detectTurns } from './detect-turns.js'

/** Which parts of a session are turns of its conversation. */
export interface ConversationOptions {
  /**
   * The name of the traces that are turns, exactly or as a pattern; or of the observations that are, where no trace is called so.
   * @default found out: see {@link Session.conversation}
   */
  name?: string | RegExp
  /** Whether a trace, or an observation of that name, is a turn. @default every one of that name */
  isTurn?: (candidate: Trace | Observation) => boolean
  /** Whether the assistant's messages tell of the tools that were called for them. @default false */
  includeTools?: boolean
}

const OPTION_NAMES: ReadonlySet<string> = new Set<keyof ConversationOptions>(['name', 'isTurn', 'includeTools'])

/**
 * Makes the messages of a conversation of the traces of a session.
 *
 * @param traces - Oldest first.
 * @param options - Which of them are turns.
 * @returns The messages, oldest first: of each turn what was asked, and what was answered if anything was.
 * @throws {LoaderError} `invalid_options` naming the option.
 */
export function conversationOf(
  traces: readonly Trace[],
  options: ConversationOptions = {},
): readonly ConversationMessage[] {
  refuseUnknown(options, OPTION_NAMES)
  readListener(options.isTurn, 'isTurn')
  const messages: ConversationMessage[] = []
  for (const turn of turnsOf(traces, options)) {
    const question = mainText(turn.input, QUERY_RULES).text
    const answer = mainText(turn.output, ANSWER_RULES).text
    const toolCalls = options.includeTools === true ? toolCallsOf(turn) : []
    if (question !== '') messages.push({ role: 'user', content: question, toolCalls: [] })
    if (answer !== '' || toolCalls.length > 0) messages.push({ role: 'assistant', content: answer, toolCalls })
  }
  return messages
}

function turnsOf(traces: readonly Trace[], { name, isTurn }: ConversationOptions): readonly (Trace | Observation)[] {
  if (name === undefined) return isTurn === undefined ? detectTurns(traces) : traces.filter((trace) => isTurn(trace))
  const named: readonly (Trace | Observation)[] = traces.filter((trace) => isCalled(trace.name ?? '', name))
  const candidates = named.length > 0 ? named : traces.flatMap((trace) => observationsCalled(trace, name))
  return isTurn === undefined ? candidates : candidates.filter((candidate) => isTurn(candidate))
}

function isCalled(actual: string, name: string | RegExp): boolean {
  // `search` starts at the beginning even for a pattern with the g or y flag.
  return typeof name === 'string' ? actual === name : actual.search(name) >= 0
}

// As for steps, case and separators of a name do not matter.
function observationsCalled(trace: Trace, name: string | RegExp): readonly Observation[] {
  return typeof name === 'string' ? (trace.step(name)?.observations ?? []) : trace.findAll({ name })
}

function toolCallsOf(turn: Trace | Observation): readonly ToolCall[] {
  const tools = 'observations' in turn ? turn.byType('TOOL') : [...below(turn)].filter(({ type }) => type === 'TOOL')
  return tools.map(({ id, name, input, output }) => ({ id, name: name || 'unnamed', input, output }))
}

function* below(observation: Observation): Generator<Observation> {
  // A stack of our own, because a trace may be deeper than the call stack.
  const waiting = [...observation.children].reverse()
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next
    waiting.push(...[...next.children].reverse())
  }
}
