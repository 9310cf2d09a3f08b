import type { FilterCondition } from '../wire/filter-condition.js'
import type { FetchCriteria } from './fetch-criteria.js'
import type { TimeWindow, TimeWindowOptions } from './time-window.js'

/** How far a fetch has got. */
export interface FetchProgress {
  /** Requests sent, repetitions included. */
  readonly requests: number
  /** Observations received. */
  readonly observations: number
  /** Traces complete. */
  readonly traces: number
  /** When the trace completed last began: the fetch goes backwards in time. `null` before the first one. */
  readonly cursorTime: Date | null
  /** How long the rest should take, if it is like what came so far. `null` before the first trace. */
  readonly etaSeconds: number | null
}

/**
 * Which traces to fetch, and how much of each. All conditions must hold. They are put to the root observation, which stands for the
 * trace: a trace that has none (only orphans) is found by `fetchTrace` alone.
 */
export interface FetchTracesOptions extends TimeWindowOptions {
  /** Most traces, newest first by root start; `Infinity` for all. @default 50, or as many as `traceIds` */
  limit?: number
  /** Tags of which the trace must have all. */
  tags?: readonly string[]
  /** The trace's name, exactly. */
  name?: string
  userId?: string
  sessionId?: string
  /** As Langfuse keeps it: in lower case. */
  environment?: string
  release?: string
  version?: string
  /** Ids to choose from. Without a window of its own, such a fetch looks at all times. */
  traceIds?: readonly string[]
  /** Metadata that the root must have: dotted keys, compared as text. */
  metadata?: Readonly<Record<string, string | number | boolean>>
  /** Further conditions in Langfuse's own form, passed through. */
  filter?: readonly FilterCondition[]
  /** `false` reads only the roots: summaries without observations. @default true */
  fetchFullTraces?: boolean
  /** Also reads the scores of the traces and of their observations. @default false */
  fetchScores?: boolean
  /**
   * A file in which a fetch keeps where it is, so that the same call goes on there after the process was killed. `fetchTraces` keeps the
   * traces themselves: the call that comes to its end gives each trace once. `streamTraces` notes a trace when you come back for the next
   * one, and hands out only what is left: none is missing, and none comes twice but the one you had in hand when the process was killed.
   * The window ends with the start of the first run. The file goes when the fetch is complete.
   */
  checkpoint?: string
  /**
   * What `fetchTraces` does when it fails in the middle: `return` gives what was read, with the error as `traces.failure`.
   * @default 'throw'
   */
  partial?: 'throw' | 'return'
  /** Called after every page and every trace. What it throws ends the fetch and reaches the caller as it is. */
  onProgress?: (progress: FetchProgress) => void
  /** Ends the fetch with a `LoaderError` of code `aborted`. */
  signal?: AbortSignal
}

/** {@link FetchTracesOptions} checked and complete. */
export interface ResolvedFetch {
  readonly window: TimeWindow | undefined
  readonly criteria: FetchCriteria
  /** The criteria as conditions on the root observation. */
  readonly conditions: readonly FilterCondition[]
  readonly traceIds: readonly string[] | undefined
  readonly limit: number
  readonly full: boolean
  readonly scores: boolean
  readonly onProgress: ((progress: FetchProgress) => void) | undefined
  readonly signal: AbortSignal | undefined
  readonly checkpoint: string | undefined
  readonly partial: 'throw' | 'return'
  /** The window as the caller gave it: two fetches that were asked for alike have the same. */
  readonly windowKey: string
}
