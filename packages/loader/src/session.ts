import { type ConversationOptions, conversationOf } from './conversation/conversation-of.js'
import type { ConversationMessage } from './dataset/item-fields.js'
import type { Trace } from './model/trace.js'

/** The traces of one session, in the order in which they happened. */
export class Session {
  readonly id: string
  /** Oldest first; never empty. */
  readonly traces: readonly Trace[]

  /**
   * @param id - The session's id.
   * @param traces - Its traces, in any order.
   */
  constructor(id: string, traces: readonly Trace[]) {
    this.id = id
    this.traces = [...traces].sort((a, b) => a.timestamp.getTime() - b.timestamp.getTime())
  }

  /** How many traces there are. */
  get length(): number {
    return this.traces.length
  }

  /** The user of the first trace that names one; `null` if none does. */
  get userId(): string | null {
    return this.traces.find((trace) => trace.userId !== null)?.userId ?? null
  }

  /** What the traces cost together, in US dollars. */
  get totalCostUsd(): number {
    return this.traces.reduce((sum, trace) => sum + (trace.totalCostUsd ?? 0), 0)
  }

  /**
   * Reads the session as a conversation: of each turn what was asked and what was answered.
   *
   * Unless told otherwise, turns are the traces in which something was asked and answered; where more than half of them have one name,
   * the traces of that name.
   *
   * @param options - Which traces or observations are turns, and whether to tell of tools.
   * @returns The messages, oldest first, as a dataset item's `conversation` takes them.
   */
  conversation(options: ConversationOptions = {}): readonly ConversationMessage[] {
    return conversationOf(this.traces, options)
  }

  /** @returns The traces, oldest first. */
  [Symbol.iterator](): Iterator<Trace> {
    return this.traces[Symbol.iterator]()
  }
}
