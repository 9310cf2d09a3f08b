import type { LegacyObservation } from '../../model/legacy-observation.js'
import type { LegacySession, LegacyTrace, LegacyTraceFigures } from '../../model/legacy-trace.js'
import { compareValues } from '../compare-values.js'
import { type DailyMetrics, type DailyQuery, sumUpDays } from '../daily-metrics.js'
import type { LegacyStore, LegacyTraceOrder, LegacyTraceSummary } from '../legacy-store.js'
import type { ObservationCondition } from '../observation-query.js'
import type { PageRange, StoredPage } from '../stored-page.js'
import { maxOf, minOf } from './extremes.js'
import { NEWEST_SCORES } from './find-memory-scores.js'
import { groupBy } from './group-by.js'
import { READABLE_SESSIONS, READABLE_TRACES, readableLegacyObservations } from './legacy-readers.js'
import { allRows, type MemoryTables, putByTrace } from './memory-tables.js'
import { pageOf } from './page-of.js'
import { requireWholeMillis } from './require-whole-millis.js'
import { ascending, descending } from './row-order.js'
import { storedCopy, storedText } from './stored-copy.js'
import { dateOf, sumUpMemoryUsage } from './sum-up-memory-days.js'
import { whereAllHold } from './where-all-hold.js'

/** Traces and observations of Langfuse 3 in memory. */
export class MemoryLegacyStore implements LegacyStore {
  private readonly tables: MemoryTables

  /** @param tables Where they are kept. */
  constructor(tables: MemoryTables) {
    this.tables = tables
  }

  putLegacy(traces: readonly LegacyTrace[], observations: readonly LegacyObservation[]): void {
    const { legacyTraces, legacyObservations } = this.tables.rows
    // All are checked before the first is written.
    for (const trace of traces) requireWholeMillis(trace, ['timestampMillis', 'createdAtMillis', 'updatedAtMillis'])
    for (const observation of observations) {
      requireWholeMillis(observation, ['startTimeMillis', 'endTimeMillis', 'createdAtMillis', 'updatedAtMillis'])
    }
    for (const trace of traces.map(storedCopy)) legacyTraces.set(trace.id, trace)
    for (const observation of observations.map(storedCopy)) putByTrace(legacyObservations, observation)
  }

  findKnownTrace(id: string): LegacyTrace | undefined {
    return this.tables.rows.legacyTraces.get(storedText(id))
  }

  findKnownObservation(traceId: string, id: string): LegacyObservation | undefined {
    return this.tables.rows.legacyObservations.get(storedText(traceId))?.get(storedText(id))
  }

  findLegacyTrace(id: string): LegacyTraceSummary | undefined {
    const trace = this.findKnownTrace(id)
    return trace === undefined ? undefined : this.sumUp([trace])[0]
  }

  findLegacyTraces(
    conditions: readonly ObservationCondition[],
    { by, direction }: LegacyTraceOrder,
    range: PageRange,
  ): StoredPage<LegacyTraceSummary> {
    const found = whereAllHold(this.sumUp([...this.tables.rows.legacyTraces.values()]), conditions, READABLE_TRACES)
    const field = by === 'timestamp' ? 'timestampMillis' : by
    const sign = direction === 'ASC' ? 1 : -1
    const order = (one: LegacyTrace, other: LegacyTrace): number =>
      sign * compareValues(one[field], other[field]) || NEWEST_TRACES(one, other)
    return pageOf(found, order, range)
  }

  findLegacyObservations(conditions: readonly ObservationCondition[], range: PageRange): StoredPage<LegacyObservation> {
    const { legacyTraces, legacyObservations } = this.tables.rows
    const found = whereAllHold(allRows(legacyObservations), conditions, readableLegacyObservations(legacyTraces))
    return pageOf(found, NEWEST_OBSERVATIONS, range)
  }

  findLegacySessions(conditions: readonly ObservationCondition[], range: PageRange): StoredPage<LegacySession> {
    const inSessions = [...this.tables.rows.legacyTraces.values()].filter(({ sessionId }) => sessionId !== '')
    const sessions = [...groupBy(inSessions, ({ sessionId }) => sessionId)].flatMap(([id, traces]) => {
      const [first] = traces.toSorted(FIRST_WRITTEN)
      return first === undefined ? [] : [{ id, createdAtMillis: first.createdAtMillis, environment: first.environment }]
    })
    return pageOf(whereAllHold(sessions, conditions, READABLE_SESSIONS), NEWEST_SESSIONS, range)
  }

  findDailyMetrics({ traces, observations, isOfTraces }: DailyQuery, range: PageRange): StoredPage<DailyMetrics> {
    const { legacyTraces, legacyObservations } = this.tables.rows
    const found = whereAllHold(this.sumUp([...legacyTraces.values()]), traces, READABLE_TRACES)
    const ids = new Set(found.map(({ id }) => id))
    const counted = whereAllHold(allRows(legacyObservations), observations, readableLegacyObservations(legacyTraces))
    const usage = sumUpMemoryUsage(counted.filter(({ traceId }) => !isOfTraces || ids.has(traceId)))
    const byDay = groupBy(found, ({ timestampMillis }) => dateOf(timestampMillis))
    return sumUpDays(usage, new Map([...byDay].map(([date, ofDay]) => [date, ofDay.length])), range)
  }

  private sumUp(traces: readonly LegacyTrace[]): LegacyTraceSummary[] {
    const { legacyObservations, scores } = this.tables.rows
    const scoresByTrace = groupBy(scores.values(), ({ traceId }) => traceId)
    return traces.map((trace) => ({
      ...trace,
      ...figuresOf([...(legacyObservations.get(trace.id)?.values() ?? [])]),
      scoreIds: (scoresByTrace.get(trace.id) ?? []).toSorted(NEWEST_SCORES).map(({ id }) => id),
    }))
  }
}

function figuresOf(observations: readonly LegacyObservation[]): Omit<LegacyTraceFigures, 'scoreIds'> {
  const starts = observations.map(({ startTimeMillis }) => startTimeMillis)
  const ends = observations.map(({ startTimeMillis, endTimeMillis }) => endTimeMillis ?? startTimeMillis)
  return {
    latencyMillis: observations.length === 0 ? 0 : maxOf(ends) - minOf(starts),
    totalCost: observations.reduce((sum, { details }) => sum + (details.costDetails.total ?? 0), 0),
    observationIds: observations.toSorted(FIRST_STARTED).map(({ id }) => id),
  }
}

const NEWEST_TRACES = descending<LegacyTrace>(
  ({ timestampMillis }) => timestampMillis,
  ({ id }) => id,
)

const NEWEST_OBSERVATIONS = descending<LegacyObservation>(
  ({ startTimeMillis }) => startTimeMillis,
  ({ id }) => id,
  ({ traceId }) => traceId,
)

const FIRST_STARTED = ascending<LegacyObservation>(
  ({ startTimeMillis }) => startTimeMillis,
  ({ id }) => id,
)

const FIRST_WRITTEN = ascending<LegacyTrace>(({ createdAtMillis }) => createdAtMillis)

const NEWEST_SESSIONS = ascending<LegacySession>(
  ({ createdAtMillis }) => -createdAtMillis,
  ({ id }) => id,
)
