import type { TracesChange } from './background-index.js'
import type { ChartQuery, Charts } from './chart.js'
import type { DatasetRow } from './dataset-row.js'
import type { ExperimentRunItem, ExperimentTotals } from './experiment-row.js'
import type { TraceFacets } from './read-trace-facets.js'
import type { SessionQuery, SessionRow, SessionTurn, TurnQuery } from './session-row.js'
import type { TraceFilter, TraceListPosition, TraceListQuery } from './trace-filter.js'
import type { TraceRow } from './trace-row.js'
import type { TraceVolume } from './trace-volume.js'

/** What stands before and after a trace in the list. */
export interface TraceNeighbours {
  /** The next newer one. */
  readonly newer: string | undefined
  /** The next older one. */
  readonly older: string | undefined
}

/**
 * What the pages for people read. It follows the observations within about a tenth of a second. The name, user and session of a trace
 * are those that its root names, or else one that another observation names.
 */
export interface ViewerStore {
  /**
   * Reads a page of the list of traces, the newest start first.
   *
   * @param query Which page.
   * @returns At most `query.limit` traces.
   */
  findTraceRows(query: TraceListQuery): TraceRow[]
  /**
   * Reads a trace as it stands in the list.
   *
   * @param traceId The trace.
   * @returns The trace, or undefined when it has no observations.
   */
  findTraceRow(traceId: string): TraceRow | undefined
  /**
   * Reads the observations of a trace.
   *
   * @param traceId The trace.
   * @returns JSON of {@link TraceColumns}.
   */
  readTraceColumns(traceId: string): string
  /**
   * Finds the traces beside one.
   *
   * @param position The trace.
   * @param filter Of which list.
   * @returns The ids.
   */
  findNeighbours(position: TraceListPosition, filter: TraceFilter): TraceNeighbours
  /**
   * Counts traces over time.
   *
   * @param filter Which traces.
   * @param maxBuckets How many buckets at most.
   * @returns The counts.
   */
  readVolume(filter: TraceFilter, maxBuckets: number): TraceVolume
  /**
   * Reads the values that filters offer.
   *
   * @returns The values.
   */
  readFacets(): TraceFacets
  /**
   * How far the full-text index is behind.
   *
   * @returns The number of observations that are not in it yet.
   */
  countUnindexed(): number
  /**
   * Reads a page of the list of sessions, the one with the newest trace first.
   *
   * @param query Which page.
   * @returns At most `query.limit` sessions.
   */
  findSessions(query: SessionQuery): SessionRow[]
  /**
   * Reads traces of a session, the newest first.
   *
   * @param query Which of them.
   * @returns At most `query.limit` turns.
   */
  findSessionTurns(query: TurnQuery): SessionTurn[]
  /**
   * Reads datasets, the one that was changed last first.
   *
   * @param limit How many at most.
   * @returns The datasets.
   */
  findDatasetRows(limit: number): DatasetRow[]
  /**
   * Sums up experiments.
   *
   * @param experimentIds Which ones.
   * @returns The sums of those that have items, in no order.
   */
  findExperimentTotals(experimentIds: readonly string[]): ExperimentTotals[]
  /**
   * Reads the items of an experiment in the order in which they ran.
   *
   * @param experimentId The experiment.
   * @param limit How many at most.
   * @returns The items.
   */
  findExperimentItems(experimentId: string, limit: number): ExperimentRunItem[]
  /**
   * Reads what the charts show.
   *
   * @param query Which charts.
   * @returns The charts.
   */
  readCharts(query: ChartQuery): Charts
  /**
   * Listens to changes of traces: new observations, deleted ones, scores.
   *
   * @param listener Called after the change can be read.
   * @returns How to stop listening.
   */
  onChange(listener: (change: TracesChange) => void): () => void
}
