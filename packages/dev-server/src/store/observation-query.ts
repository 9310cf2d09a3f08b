import type { ObservationColumn } from './observation-columns.js'

/** Which observations to read, and what of them. */
export interface ObservationQuery {
  /** All must hold. */
  readonly conditions: readonly ObservationCondition[]
  /**
   * Which rows come first, by {@link ObservationPosition}.
   * @default 'newest'
   */
  readonly order?: 'newest' | 'oldest'
  /** Continue after this row. */
  readonly after?: ObservationPosition | undefined
  /** How many at most. */
  readonly limit: number
  /** The large parts to read; what is not named comes back empty. */
  readonly parts: readonly ObservationPart[]
}

/** A part of an observation that can be large, and is only read when it is needed. */
export type ObservationPart = 'io' | 'metadata'

/** The place of a row in the order of all: by start, then hash of the trace id, then id; newest first, all are descending. */
export interface ObservationPosition {
  readonly startTimeMillis: number
  readonly traceId: string
  readonly id: string
}

/** How text is compared; `matches` ignores case. */
export type TextOperator = '=' | 'contains' | 'does not contain' | 'starts with' | 'ends with' | 'matches'

/** How numbers and times are compared. */
export type OrderOperator = '=' | '>' | '<' | '>=' | '<='

/** One condition on one column of an observation. Which column takes which type is the business of whoever reads the request. */
export type ObservationCondition = { readonly column: ObservationColumn } & Comparison

/** What the value of a column is compared with. */
export type Comparison =
  | { readonly type: 'text'; readonly operator: TextOperator; readonly value: string }
  | { readonly type: 'keyedText'; readonly key: string; readonly operator: TextOperator; readonly value: string }
  | { readonly type: 'textList'; readonly operator: 'any of' | 'none of'; readonly values: readonly string[] }
  | { readonly type: 'array'; readonly operator: 'any of' | 'none of' | 'all of'; readonly values: readonly string[] }
  | { readonly type: 'number'; readonly operator: OrderOperator; readonly value: number }
  | { readonly type: 'time'; readonly operator: OrderOperator; readonly millis: number }
  | { readonly type: 'boolean'; readonly operator: '=' | '<>'; readonly value: boolean }
  | { readonly type: 'null'; readonly operator: 'is null' | 'is not null' }
