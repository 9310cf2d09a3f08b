import type { LegacyObservation } from '../model/legacy-observation.js'
import type { LegacySession, LegacyTrace, LegacyTraceFigures } from '../model/legacy-trace.js'
import type { DailyMetrics, DailyQuery } from './daily-metrics.js'
import type { ObservationCondition } from './observation-query.js'
import type { PageRange, StoredPage } from './stored-page.js'

/** What traces can be sorted by. */
export const LEGACY_TRACE_ORDERS = ['timestamp', 'id', 'name', 'userId', 'sessionId', 'release', 'version'] as const

/** How a list of traces is sorted; of two that are equal the newer stands first. */
export interface LegacyTraceOrder {
  readonly by: (typeof LEGACY_TRACE_ORDERS)[number]
  readonly direction: 'ASC' | 'DESC'
}

/** A trace and what belongs to it adds up to. */
export type LegacyTraceSummary = LegacyTrace & LegacyTraceFigures

/** Where traces and observations live as Langfuse 3 keeps them; filled in the mode `legacy` only. */
export interface LegacyStore {
  /**
   * Writes traces and observations, all or none. Each replaces the one of its id.
   *
   * @param traces Whole traces.
   * @param observations Whole observations.
   */
  putLegacy(traces: readonly LegacyTrace[], observations: readonly LegacyObservation[]): void
  /**
   * Finds a trace without what belongs to it, which is fast: it is asked of every span.
   *
   * @param id The trace.
   * @returns The trace, or undefined.
   */
  findKnownTrace(id: string): LegacyTrace | undefined
  /**
   * Finds an observation, as fast.
   *
   * @param traceId Its trace.
   * @param id The observation.
   * @returns The observation, or undefined.
   */
  findKnownObservation(traceId: string, id: string): LegacyObservation | undefined
  /**
   * Finds a trace.
   *
   * @param id The trace.
   * @returns The trace, or undefined.
   */
  findLegacyTrace(id: string): LegacyTraceSummary | undefined
  /**
   * Reads traces.
   *
   * @param conditions All must hold; the start of a trace is its `startTime`.
   * @param order In which order.
   * @param range Which of them.
   * @returns The traces.
   */
  findLegacyTraces(
    conditions: readonly ObservationCondition[],
    order: LegacyTraceOrder,
    range: PageRange,
  ): StoredPage<LegacyTraceSummary>
  /**
   * Reads observations, the newest first.
   *
   * @param conditions All must hold.
   * @param range Which of them.
   * @returns The observations.
   */
  findLegacyObservations(conditions: readonly ObservationCondition[], range: PageRange): StoredPage<LegacyObservation>
  /**
   * Sums up the sessions of traces, the newest first.
   *
   * @param conditions Which sessions: their id, when they were made (`startTime`), their environment.
   * @param range Which of them.
   * @returns The sessions.
   */
  findLegacySessions(conditions: readonly ObservationCondition[], range: PageRange): StoredPage<LegacySession>
  /**
   * Sums up days, the last first.
   *
   * @param query Which traces and observations count.
   * @param range Which of the days.
   * @returns The days.
   */
  findDailyMetrics(query: DailyQuery, range: PageRange): StoredPage<DailyMetrics>
}
