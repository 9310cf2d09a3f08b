import type { LegacyTrace } from '../../model/legacy-trace.js'
import type { Score } from '../../model/score.js'
import type { LatestScoreQuery } from '../latest-score-query.js'
import type { ScoreQuery } from '../score-query.js'
import { firstOf, followingOf } from './page-of.js'
import { descending } from './row-order.js'
import { readableScores } from './score-readers.js'
import { storedText } from './stored-copy.js'
import { whereAllHold } from './where-all-hold.js'

/** The order of all scores: the newest first. */
export const NEWEST_SCORES: (one: ScorePlace, other: ScorePlace) => number = descending<ScorePlace>(
  ({ timestampMillis }) => timestampMillis,
  ({ id }) => id,
)

type ScorePlace = Pick<Score, 'timestampMillis' | 'id'>

/**
 * Reads the scores a query asks for, newest first.
 *
 * @param scores All scores.
 * @param query What to read.
 * @param traces All traces of Langfuse 3, by id.
 * @returns At most `query.limit` scores.
 */
export function findMemoryScores(
  scores: Iterable<Score>,
  query: ScoreQuery,
  traces: ReadonlyMap<string, LegacyTrace>,
): Score[] {
  const { minValue, maxValue, fromMillis, toMillis } = query
  const lists = LISTS.flatMap(([wanted, field]) => {
    const values = query[wanted]
    return values === undefined ? [] : [{ field, values: new Set<unknown>(values.map(stored)) }]
  })
  const found = whereAllHold([...scores], query.conditions ?? [], readableScores(traces)).filter(
    (score) =>
      lists.every(({ field, values }) => score[field] !== null && values.has(score[field])) &&
      (minValue === undefined || score.value >= minValue) &&
      (maxValue === undefined || score.value <= maxValue) &&
      (fromMillis === undefined || score.timestampMillis >= fromMillis) &&
      (toMillis === undefined || score.timestampMillis < toMillis),
  )
  return firstOf(followingOf(found.toSorted(NEWEST_SCORES), NEWEST_SCORES, query.after), query.limit)
}

/** The lists of a query, and which field must be in them. */
const LISTS = [
  ['ids', 'id'],
  ['names', 'name'],
  ['sources', 'source'],
  ['dataTypes', 'dataType'],
  ['environments', 'environment'],
  ['configIds', 'configId'],
  ['queueIds', 'queueId'],
  ['authorUserIds', 'authorUserId'],
  ['traceIds', 'traceId'],
  ['sessionIds', 'sessionId'],
  ['observationIds', 'observationId'],
  ['datasetRunIds', 'datasetRunId'],
  ['numbers', 'value'],
  ['strings', 'stringValue'],
] as const satisfies readonly (readonly [keyof ScoreQuery, keyof Score])[]

function stored(value: string | number): string | number {
  return typeof value === 'string' ? storedText(value) : value
}

/**
 * Reads the scores that were written last, so many of each experiment or trace. Corrections are no scores here.
 *
 * @param scores All scores.
 * @param query What to read.
 * @returns The scores, those that were written last first.
 */
export function findLatestMemoryScores(scores: Iterable<Score>, query: LatestScoreQuery): Score[] {
  const isWanted = targetOf(query)
  const found = [...scores].filter(
    (score) =>
      isWanted(score) &&
      score.timestampMillis >= query.fromMillis &&
      score.timestampMillis < query.toMillis &&
      score.dataType !== 'CORRECTION',
  )
  const counts = new Map<string | null, number>()
  return found.toSorted(LAST_WRITTEN).filter((score) => {
    const group = query.about === 'experiments' ? score.datasetRunId : score.traceId
    const place = (counts.get(group) ?? 0) + 1
    counts.set(group, place)
    return place <= query.limitEach
  })
}

const LAST_WRITTEN = descending<Score>(
  ({ updatedAtMillis }) => updatedAtMillis,
  ({ timestampMillis }) => timestampMillis,
  ({ id }) => id,
)

function targetOf(query: LatestScoreQuery): (score: Score) => boolean {
  const within = (ids: readonly string[], id: string | null): boolean => id !== null && ids.includes(id)
  if (query.about === 'experiments') {
    const experimentIds = query.experimentIds.map(storedText)
    return ({ datasetRunId, traceId, observationId, sessionId }) =>
      within(experimentIds, datasetRunId) && traceId === null && observationId === null && sessionId === null
  }
  const [traceIds, observationIds] = [query.traceIds.map(storedText), query.observationIds.map(storedText)]
  return ({ traceId, observationId, sessionId, datasetRunId }) =>
    within(traceIds, traceId) &&
    (within(observationIds, observationId) || (observationId === null && sessionId === null && datasetRunId === null))
}
