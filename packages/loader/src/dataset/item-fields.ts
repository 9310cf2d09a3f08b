/** A call of a tool: what went in and what came out, as plain values. */
export interface ToolCall {
  /** The tool's name. */
  readonly name: string
  /** The call's id, where there is one; of a call read from a trace, its observation's. */
  readonly id: string | null
  /** The arguments; `null` for none. */
  readonly input: unknown
  /** The result; `null` for none. */
  readonly output: unknown
}

/** Who wrote a message. */
export type ConversationRole = 'system' | 'user' | 'assistant' | 'tool'

/** One message of a conversation. */
export interface ConversationMessage {
  readonly role: ConversationRole
  /** The text; empty for a message that only calls tools. */
  readonly content: string
  /** The tools that an assistant's message calls. */
  readonly toolCalls: readonly ToolCall[]
}

/**
 * The fields of a dataset item. All of them are always there: lists are empty, records are empty and the rest is `null` where there
 * is nothing to say, so that every line of a file has the same columns.
 */
export interface DatasetItemFields {
  /** Names the item within its dataset. Of an item made from a trace: the trace's id. */
  readonly id: string
  /** What was asked. */
  readonly query: string
  /** What was answered. Empty: an empty text. `null`: nothing has run yet, or what ran gave no output. */
  readonly actualOutput: string | null
  /** What should have been answered. */
  readonly expectedOutput: string | null
  /** The passages that the answer was to be based on. */
  readonly retrievedContent: readonly string[]
  /** The messages of a dialogue, oldest first. */
  readonly conversation: readonly ConversationMessage[]
  /** The tools that were called, oldest first. */
  readonly toolsCalled: readonly ToolCall[]
  /** The tools that should have been called. */
  readonly expectedTools: readonly ToolCall[]
  /** How long it took, in seconds. */
  readonly latencySeconds: number | null
  /** The trace that it comes from. */
  readonly traceId: string | null
  /** The observation to which scores of it belong. */
  readonly observationId: string | null
  readonly sessionId: string | null
  readonly metadata: Readonly<Record<string, unknown>>
  /** Input besides the query. */
  readonly additionalInput: Readonly<Record<string, unknown>>
  /** Output besides the answer. */
  readonly additionalOutput: Readonly<Record<string, unknown>>
  /** A verdict, as a label, a number or yes or no. */
  readonly judgment: string | number | boolean | null
  /** Why the verdict is what it is. */
  readonly critique: string | null
  /** What an answer has to fulfil. */
  readonly acceptanceCriteria: readonly string[]
  readonly tags: readonly string[]
  /** When it happened: ISO 8601 in UTC. */
  readonly sourceTimestamp: string | null
}

/** A {@link ToolCall} as one may write it: only the name is needed. */
export type ToolCallInput = Pick<ToolCall, 'name'> & Optional<Omit<ToolCall, 'name'>>

/** A {@link ConversationMessage} as one may write it: only the role is needed. */
export type ConversationMessageInput = Pick<ConversationMessage, 'role'> & {
  readonly content?: string | null | undefined
  readonly toolCalls?: readonly ToolCallInput[] | null | undefined
}

/** {@link DatasetItemFields} as one may write them: only `query` is needed, and `null` is as good as leaving out. */
export type DatasetItemInput = Pick<DatasetItemFields, 'query'> &
  Optional<Omit<DatasetItemFields, 'query' | 'conversation' | 'toolsCalled' | 'expectedTools' | 'sourceTimestamp'>> & {
    readonly conversation?: readonly ConversationMessageInput[] | null | undefined
    readonly toolsCalled?: readonly ToolCallInput[] | null | undefined
    readonly expectedTools?: readonly ToolCallInput[] | null | undefined
    /** A string without a zone is UTC. */
    readonly sourceTimestamp?: Date | string | null | undefined
  }

type Optional<Fields> = { readonly [Name in keyof Fields]?: Fields[Name] | null | undefined }
