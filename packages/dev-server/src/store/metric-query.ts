import type { Comparison } from './observation-query.js'

/** A view of what Langfuse 4 keeps. */
export type CurrentViewName = 'observations' | ScoreViewName

/** A view of scores. */
export type ScoreViewName = 'scores-numeric' | 'scores-boolean' | 'scores-categorical'

/** What is counted; `legacy-` stands before what Langfuse 3 keeps. */
export type MetricViewName = CurrentViewName | 'legacy-traces' | `legacy-${CurrentViewName}`

/** How the values of a group become one. */
export const AGGREGATIONS = [
  'sum',
  'avg',
  'count',
  'max',
  'min',
  'uniq',
  'p50',
  'p75',
  'p90',
  'p95',
  'p99',
  'histogram',
] as const

/** One figure of each group. */
export interface Metric {
  /** A measure of the view. */
  readonly measure: string
  readonly aggregation: (typeof AGGREGATIONS)[number]
}

/** A condition on a dimension, on the time, under its name in the view, or on `metadata`. */
export type MetricCondition = { readonly column: string } & Comparison

/** How long the groups of a time dimension are. */
export type MetricGranularity = 'minute' | 'hour' | 'day' | 'week' | 'month'

/** Which figures to read. */
export interface MetricQuery {
  readonly view: MetricViewName
  /** Dimensions of the view, by which rows are grouped. */
  readonly dimensions: readonly string[]
  /** Groups by time as well. */
  readonly granularity?: MetricGranularity | undefined
  /** None stand for the number of rows, as `count`. */
  readonly metrics: readonly Metric[]
  /** All must hold. */
  readonly conditions: readonly MetricCondition[]
  /** Inclusive. */
  readonly fromMillis: number
  /** Inclusive too, as Langfuse has it here. */
  readonly toMillis: number
  /** By dimensions, `time_dimension` or `aggregation_measure`; what is equal then goes by time and dimensions. */
  readonly orderBy: readonly { readonly field: string; readonly direction: 'asc' | 'desc' }[]
  readonly limit: number
  /** How many bars a histogram has. */
  readonly bins: number
}

/** A group: its dimensions, and its figures as `aggregation_measure`. A histogram is a list of `[lower, upper, height]`. */
export type MetricRow = Record<string, unknown>
