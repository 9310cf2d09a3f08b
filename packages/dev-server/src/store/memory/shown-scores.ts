import type { Score } from '../../model/score.js'
import type { RowScore } from '../viewer/trace-row.js'
import { NEWEST_SCORES } from './find-memory-scores.js'

/**
 * Scores as they stand beside a row, the newest first.
 *
 * @param scores Those of the row.
 * @param limit How many at most.
 * @returns Their names and values; corrections are no scores here.
 */
export function shownScores(scores: readonly Score[], limit: number): RowScore[] {
  return scores
    .filter(({ dataType }) => dataType !== 'CORRECTION')
    .toSorted(NEWEST_SCORES)
    .slice(0, limit)
    .map(({ name, stringValue, value }) => ({ name, value: stringValue ?? value }))
}
