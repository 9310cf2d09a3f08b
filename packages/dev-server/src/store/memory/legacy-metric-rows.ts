import type { LegacyObservation } from '../../model/legacy-observation.js'
import type { LegacyTrace } from '../../model/legacy-trace.js'
import type { Score } from '../../model/score.js'
import type { MetricQuery } from '../metric-query.js'
import { allRows, type MemoryRows } from './memory-tables.js'
import { isAsked, joinsOf, placeOf, scoreCounts } from './metric-rows.js'

/** A trace of Langfuse 3 with what belongs to it in the time that is asked for. */
export interface CountedLegacyTrace {
  readonly trace: LegacyTrace
  readonly observations: readonly LegacyObservation[]
  readonly scores: number
}

/** An observation of Langfuse 3 with its trace and the number of its scores. */
export interface CountedLegacyObservation {
  readonly observation: LegacyObservation
  readonly trace: LegacyTrace | undefined
  readonly scores: number
}

/** A score with what it is about in Langfuse 3. */
export interface CountedLegacyScore {
  readonly score: Score
  readonly trace: LegacyTrace | undefined
  readonly observation: LegacyObservation | undefined
}

/**
 * The traces that metrics count.
 *
 * @param rows Everything that is stored.
 * @param query Which figures.
 * @returns The traces, without those to which nothing belongs of what a measure is about.
 */
export function countedLegacyTraces(rows: MemoryRows, query: MetricQuery): CountedLegacyTrace[] {
  const asked = new Set(query.metrics.map(({ measure }) => measure))
  const needsObservations = ['observationsCount', 'latency', 'totalTokens', 'totalCost'].some((name) => asked.has(name))
  return [...rows.legacyTraces.values()].flatMap((trace) => {
    if (!isAsked(trace.timestampMillis, query)) return []
    const all = [...(rows.legacyObservations.get(trace.id)?.values() ?? [])]
    const observations = all.filter(({ startTimeMillis }) => isAsked(startTimeMillis, query))
    const ofTrace = [...rows.scores.values()].filter(({ traceId }) => traceId === trace.id)
    const scores = ofTrace.filter(({ timestampMillis }) => isAsked(timestampMillis, query)).length
    const isMissing = (needsObservations && observations.length === 0) || (asked.has('scoresCount') && scores === 0)
    return isMissing ? [] : [{ trace, observations, scores }]
  })
}

/**
 * The observations that metrics count.
 *
 * @param rows Everything that is stored.
 * @param query Which figures.
 * @returns The observations, without those that have nothing of what a dimension, condition or measure is about.
 */
export function countedLegacyObservations(rows: MemoryRows, query: MetricQuery): CountedLegacyObservation[] {
  const needsTrace = joinsOf(query).has('trace')
  const needsScores = query.metrics.some(({ measure }) => measure === 'countScores')
  const counts = scoreCounts([...rows.scores.values()], query)
  return allRows(rows.legacyObservations).flatMap((observation) => {
    const scores = counts.get(placeOf(observation.traceId, observation.id)) ?? 0
    const trace = traceOf(rows, observation.traceId, query)
    const isMissing = (needsTrace && trace === undefined) || (needsScores && scores === 0)
    return isMissing || !isAsked(observation.startTimeMillis, query) ? [] : [{ observation, trace, scores }]
  })
}

/**
 * The scores that metrics count.
 *
 * @param rows Everything that is stored.
 * @param query Which figures.
 * @param dataTypes The types of score of the view.
 * @returns The scores, without those that have nothing of what a dimension or a condition is about.
 */
export function countedLegacyScores(
  rows: MemoryRows,
  query: MetricQuery,
  dataTypes: readonly string[],
): CountedLegacyScore[] {
  const joins = joinsOf(query)
  return [...rows.scores.values()].flatMap((score) => {
    if (!dataTypes.includes(score.dataType) || !isAsked(score.timestampMillis, query)) return []
    const trace = traceOf(rows, score.traceId, query)
    const found = rows.legacyObservations.get(score.traceId ?? '')?.get(score.observationId ?? '')
    const observation = found !== undefined && isAsked(found.startTimeMillis, query) ? found : undefined
    const isMissing =
      (joins.has('trace') && trace === undefined) || (joins.has('observation') && observation === undefined)
    return isMissing ? [] : [{ score, trace, observation }]
  })
}

function traceOf({ legacyTraces }: MemoryRows, id: string | null, query: MetricQuery): LegacyTrace | undefined {
  const trace = legacyTraces.get(id ?? '')
  return trace !== undefined && isAsked(trace.timestampMillis, query) ? trace : undefined
}
