import type { FilterCondition } from '../wire/filter-condition.js'
import { type ObservationRow, readObservationV2 } from '../wire/observation-v2.js'
import { readScoreV3, SCORE_FIELDS, type Score } from '../wire/score-v3.js'
import type { Purpose } from './answer-error.js'
import type { PagedList } from './pages.js'

/** Largest page of `GET /api/public/v2/observations` (Langfuse 4.16). */
export const MAX_OBSERVATIONS_PER_PAGE = 1000

// Largest page of `GET /api/public/v3/scores` (Langfuse 4.16).
const MAX_SCORES_PER_PAGE = 100

/** What to read of the observations. */
export interface ObservationQuery {
  /** Field groups, comma-separated. */
  readonly fields: string
  /** Rows a page. */
  readonly limit: number
  /** Conditions, all of which must hold. */
  readonly filter?: readonly FilterCondition[]
  /** One trace. */
  readonly traceId?: string
}

/**
 * Describes a reading of `GET /api/public/v2/observations`: newest first, in pages.
 *
 * @param query - What to read.
 * @param purpose - The purpose of page `n`.
 * @returns The list, for `readPages`.
 */
export function observationList(
  query: ObservationQuery,
  purpose: (page: number) => Purpose,
): PagedList<ObservationRow> {
  return {
    path: '/api/public/v2/observations',
    query: {
      fields: query.fields,
      limit: String(query.limit),
      ...(query.traceId === undefined ? {} : { traceId: query.traceId }),
      ...(query.filter === undefined ? {} : { filter: JSON.stringify(query.filter) }),
    },
    readRow: readObservationV2,
    keyOf: (row) => `${row.traceId} ${row.id}`,
    purpose,
  }
}

/**
 * Describes a reading of `GET /api/public/v3/scores`.
 *
 * @param traceIds - The traces whose scores are wanted, those of their observations included.
 * @param purpose - The purpose of page `n`.
 * @returns The list, for `readPages`.
 */
export function scoreList(traceIds: readonly string[], purpose: (page: number) => Purpose): PagedList<Score> {
  return {
    path: '/api/public/v3/scores',
    query: { fields: SCORE_FIELDS, limit: String(MAX_SCORES_PER_PAGE), traceId: traceIds.join(',') },
    readRow: readScoreV3,
    keyOf: (score) => score.id,
    purpose,
  }
}
