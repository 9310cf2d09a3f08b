/** A session in the list: what its traces add up to. */
export interface SessionRow {
  readonly sessionId: string
  readonly startMillis: number
  /** When the newest trace began, by which the list is ordered. */
  readonly newestMillis: number
  /** When the last of its traces ended. */
  readonly endMillis: number
  readonly traceCount: number
  /** How many traces have an error. */
  readonly errorCount: number
  readonly totalTokens: number
  /** US dollars. */
  readonly totalCost: number
  readonly userIds: readonly string[]
  /** The beginning of the first input. */
  readonly inputStart: string
  /** Scores of the session as a whole, the newest first, only a few. */
  readonly scores: readonly { readonly name: string; readonly value: number | string }[]
}

/** The place of a session in the list, which runs from the newest trace to the oldest. */
export interface SessionPosition {
  readonly newestMillis: number
  readonly sessionId: string
}

/** A page of the list of sessions. */
export interface SessionQuery {
  /** This session alone. */
  readonly sessionId?: string | undefined
  /** Sessions with a trace that began then or later, in milliseconds since the epoch. */
  readonly fromMillis?: number | undefined
  /** Sessions with a trace that began before then. */
  readonly toMillis?: number | undefined
  /** A part of the id of the session, or of a user in it. */
  readonly text?: string | undefined
  /** Continue after this session. */
  readonly after?: SessionPosition | undefined
  readonly limit: number
}

/** A trace as a turn of a conversation. */
export interface SessionTurn {
  readonly traceId: string
  readonly name: string
  readonly startMillis: number
  readonly durationMillis: number
  /** How many observations have the level ERROR. */
  readonly errorCount: number
  /** What the root says went wrong. */
  readonly statusMessage: string
  readonly totalTokens: number
  /** US dollars. */
  readonly totalCost: number
  readonly userId: string
  /** Of the root; its beginning, when it is very long. */
  readonly input: string
  readonly output: string
  readonly scores: readonly { readonly name: string; readonly value: number | string }[]
}

/** Which turns of a session to read: the newest ones before a place. */
export interface TurnQuery {
  readonly sessionId: string
  /** Turns before this trace. Default: the newest. */
  readonly before?: { readonly startMillis: number; readonly traceId: string } | undefined
  readonly limit: number
}
