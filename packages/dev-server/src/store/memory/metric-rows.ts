import type { Observation } from '../../model/observation.js'
import type { Score } from '../../model/score.js'
import type { MetricQuery } from '../metric-query.js'
import { METRIC_VIEWS } from '../metric-views.js'
import { allRows, type MemoryRows } from './memory-tables.js'

/** An observation as metrics count it: once, or once for each of what it is taken apart into. */
export interface CountedObservation {
  readonly observation: Observation
  /** How many scores it has in the time that is asked for. */
  readonly scores: number
  readonly offered: string | null
  readonly called: string | null
  readonly cost: readonly [kind: string, value: number] | undefined
  readonly usage: readonly [kind: string, value: number] | undefined
}

/** A score with what it is about. */
export interface CountedScore {
  readonly score: Score
  /** The first observation without a parent of its trace. */
  readonly trace: Observation | undefined
  readonly observation: Observation | undefined
}

/**
 * The observations that metrics count.
 *
 * @param rows Everything that is stored.
 * @param query Which figures.
 * @returns The observations, taken apart as the dimensions demand.
 */
export function countedObservations({ observations, scores }: MemoryRows, query: MetricQuery): CountedObservation[] {
  const joins = joinsOf(query)
  const counts = scoreCounts([...scores.values()], query)
  const isAboutScores = query.metrics.some(({ measure }) => measure === 'countScores')
  const none = { offered: null, called: null, cost: undefined, usage: undefined }
  return allRows(observations).flatMap((observation) => {
    const { startTimeMillis, details } = observation
    const counted = counts.get(placeOf(observation.traceId, observation.id)) ?? 0
    if (!isAsked(startTimeMillis, query) || (isAboutScores && counted === 0)) return []
    let found: CountedObservation[] = [{ observation, scores: counted, ...none }]
    if (joins.has('offered'))
      found = found.flatMap((row) => details.offeredTools.map((offered) => ({ ...row, offered })))
    if (joins.has('called')) found = found.flatMap((row) => details.calledTools.map((called) => ({ ...row, called })))
    if (joins.has('cost'))
      found = found.flatMap((row) => Object.entries(details.costDetails).map((cost) => ({ ...row, cost })))
    if (joins.has('usage'))
      found = found.flatMap((row) => Object.entries(details.usageDetails).map((usage) => ({ ...row, usage })))
    return found
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
export function countedScores(
  { observations, scores }: MemoryRows,
  query: MetricQuery,
  dataTypes: readonly string[],
): CountedScore[] {
  const joins = joinsOf(query)
  return [...scores.values()].flatMap((score) => {
    if (!dataTypes.includes(score.dataType) || !isAsked(score.timestampMillis, query)) return []
    const ofTrace = observations.get(score.traceId ?? '')
    const inTime = [...(ofTrace?.values() ?? [])].filter((row) => isAsked(row.startTimeMillis, query))
    const [trace] = inTime
      .filter(({ parentObservationId }) => parentObservationId === '')
      .sort((a, b) => a.startTimeMillis - b.startTimeMillis || (a.id < b.id ? -1 : 1))
    const observation = inTime.find(({ id }) => id === score.observationId)
    const isMissing =
      (joins.has('trace') && trace === undefined) || (joins.has('observation') && observation === undefined)
    return isMissing ? [] : [{ score, trace, observation }]
  })
}

/**
 * The joins a query needs.
 *
 * @param query Which figures.
 * @returns Their names.
 */
export function joinsOf({ view, dimensions, conditions }: MetricQuery): ReadonlySet<string | undefined> {
  const known = METRIC_VIEWS[view].dimensions
  const filtered = conditions.map(({ column }) => known.get(column)).filter((dimension) => dimension?.isEach !== true)
  return new Set([...dimensions.map((name) => known.get(name)), ...filtered].map((dimension) => dimension?.join))
}

/**
 * Whether a time is asked for.
 *
 * @param millis The time.
 * @param query Which figures.
 * @returns True when it is in the window of the query.
 */
export function isAsked(millis: number, { fromMillis, toMillis }: MetricQuery): boolean {
  return millis >= fromMillis && millis <= toMillis
}

/**
 * How many scores there are in the time that is asked for, by {@link placeOf} what they are about.
 *
 * @param scores All scores.
 * @param query Which figures.
 * @returns The numbers.
 */
export function scoreCounts(scores: readonly Score[], query: MetricQuery): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { traceId, observationId, timestampMillis } of scores) {
    const place = placeOf(traceId, observationId)
    if (isAsked(timestampMillis, query)) counts.set(place, (counts.get(place) ?? 0) + 1)
  }
  return counts
}

/**
 * A key for an observation.
 *
 * @param traceId Its trace.
 * @param id Its id.
 * @returns The key.
 */
export function placeOf(traceId: string | null, id: string | null): string {
  return JSON.stringify([traceId, id])
}
