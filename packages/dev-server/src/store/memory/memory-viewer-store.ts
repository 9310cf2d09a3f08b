import type { Observation } from '../../model/observation.js'
import type { Score } from '../../model/score.js'
import type { TracesChange } from '../viewer/background-index.js'
import type { ChartQuery, Charts } from '../viewer/chart.js'
import type { DatasetRow } from '../viewer/dataset-row.js'
import { drawCharts } from '../viewer/draw-charts.js'
import type { ExperimentRunItem, ExperimentTotals } from '../viewer/experiment-row.js'
import type { TraceFacets } from '../viewer/read-trace-facets.js'
import type { SessionQuery, SessionRow, SessionTurn, TurnQuery } from '../viewer/session-row.js'
import type { TraceFilter, TraceListPosition, TraceListQuery } from '../viewer/trace-filter.js'
import type { TraceRow } from '../viewer/trace-row.js'
import type { TraceVolume } from '../viewer/trace-volume.js'
import type { TraceNeighbours, ViewerStore } from '../viewer/viewer-store.js'
import { countMemoryTraces } from './count-memory-traces.js'
import { filterTraces } from './filter-traces.js'
import { findExperimentItems } from './find-experiment-items.js'
import { findMemorySessions } from './find-memory-sessions.js'
import { groupBy } from './group-by.js'
import { listMemoryDatasets } from './list-memory-datasets.js'
import { memoryChartRows } from './memory-chart-rows.js'
import type { MemoryTables } from './memory-tables.js'
import { firstOf, followingOf } from './page-of.js'
import { readMemoryFacets } from './read-memory-facets.js'
import { storedText } from './stored-copy.js'
import { sumUpExperimentItems } from './sum-up-experiment-items.js'
import { toSessionTurn } from './to-session-turn.js'
import { toTraceColumns } from './to-trace-columns.js'
import { toTraceRow } from './to-trace-row.js'
import { allTraceSums, NEWEST_TRACES, type TraceSum, traceSum } from './trace-sum.js'

/** What the pages for people read, from what is in memory: nothing is prepared, so nothing is ever behind. */
export class MemoryViewerStore implements ViewerStore {
  private readonly tables: MemoryTables
  private readonly listeners = new Set<(change: TracesChange) => void>()

  /** @param tables Where everything is kept. */
  constructor(tables: MemoryTables) {
    this.tables = tables
  }

  /** To be called after every change of traces. */
  announce(traceIds: readonly string[]): void {
    if (traceIds.length === 0) return
    for (const listener of this.listeners) listener({ traceIds: [...new Set(traceIds)] })
  }

  findTraceRows({ filter, after, limit }: TraceListQuery): TraceRow[] {
    const scoresOf = this.scoresByTrace()
    const found = followingOf(this.tracesBehind(filter, scoresOf), NEWEST_TRACES, after)
    return firstOf(found, limit).map((trace) => toTraceRow(trace, scoresOf(trace.traceId)))
  }

  findTraceRow(traceId: string): TraceRow | undefined {
    const ofTrace = this.observationsOf(traceId)
    if (ofTrace.length === 0) return undefined
    return toTraceRow(traceSum(ofTrace), this.scoresByTrace()(storedText(traceId)))
  }

  readTraceColumns(traceId: string): string {
    return JSON.stringify(toTraceColumns(this.observationsOf(traceId)))
  }

  findNeighbours(position: TraceListPosition, filter: TraceFilter): TraceNeighbours {
    const traces = this.tracesBehind(filter, this.scoresByTrace())
    return {
      newer: traces.findLast((trace) => NEWEST_TRACES(trace, position) < 0)?.traceId,
      older: traces.find((trace) => NEWEST_TRACES(trace, position) > 0)?.traceId,
    }
  }

  readVolume(filter: TraceFilter, maxBuckets: number): TraceVolume {
    return countMemoryTraces(this.tracesBehind(filter, this.scoresByTrace()), filter, maxBuckets)
  }

  readFacets(): TraceFacets {
    return readMemoryFacets(this.traces(), this.scores())
  }

  countUnindexed(): number {
    return 0
  }

  findSessions(query: SessionQuery): SessionRow[] {
    const bySession = groupBy(this.scores(), ({ sessionId }) => sessionId)
    return findMemorySessions(this.traces(), query, (sessionId) => bySession.get(sessionId) ?? [])
  }

  findSessionTurns({ sessionId, before, limit }: TurnQuery): SessionTurn[] {
    const scoresOf = this.scoresByTrace()
    const wanted = storedText(sessionId)
    const turns = this.traces().filter((trace) => trace.sessionId === wanted && wanted !== '')
    const found = firstOf(followingOf(turns, NEWEST_TRACES, before), limit)
    return found.map((trace) => toSessionTurn(trace, scoresOf(trace.traceId)))
  }

  findDatasetRows(limit: number): DatasetRow[] {
    return listMemoryDatasets(this.tables.rows, limit)
  }

  findExperimentTotals(experimentIds: readonly string[]): ExperimentTotals[] {
    return sumUpExperimentItems(this.tables.rows, experimentIds)
  }

  findExperimentItems(experimentId: string, limit: number): ExperimentRunItem[] {
    return findExperimentItems(this.tables.rows, experimentId, limit)
  }

  readCharts(query: ChartQuery): Charts {
    return drawCharts(query, memoryChartRows(this.traces(), this.scores(), query))
  }

  onChange(listener: (change: TracesChange) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Forgets who listens. */
  close(): void {
    this.listeners.clear()
  }

  /** The newest start first. */
  private tracesBehind(filter: TraceFilter, scoresOf: (traceId: string) => readonly Score[]): TraceSum[] {
    return filterTraces(this.traces(), filter, scoresOf)
  }

  private traces(): TraceSum[] {
    return allTraceSums(this.tables.rows.observations)
  }

  private observationsOf(traceId: string): Observation[] {
    return [...(this.tables.rows.observations.get(storedText(traceId))?.values() ?? [])]
  }

  private scores(): Score[] {
    return [...this.tables.rows.scores.values()]
  }

  private scoresByTrace(): (traceId: string) => readonly Score[] {
    const byTrace = groupBy(this.scores(), ({ traceId }) => traceId)
    return (traceId) => byTrace.get(traceId) ?? []
  }
}
