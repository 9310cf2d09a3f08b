import type { ResolvedScoreFetch } from '../options/fetch-scores-options.js'
import type { FilterCondition } from '../wire/filter-condition.js'
import { type ObservationRow, readObservationV2 } from '../wire/observation-v2.js'
import { readScoreV3, SCORE_FIELDS, type Score } from '../wire/score-v3.js'
import type { Purpose } from './answer-error.js'
import { createPageSize, type PageSize } from './page-size.js'
import type { PagedList } from './pages.js'

/** Largest page of `GET /api/public/v2/observations` (Langfuse 4.16). */
export const MAX_OBSERVATIONS_PER_PAGE = 1000

// Largest page of `GET /api/public/v3/scores` (Langfuse 4.16).
const MAX_SCORES_PER_PAGE = 100

/** What to read of the observations. */
export interface ObservationQuery {
  /** Field groups, comma-separated. */
  readonly fields: string
  /** Most rows a page. */
  readonly limit: number
  /** Rows a page, as far as the server can bear them. @default a size of its own */
  readonly size?: PageSize
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
      ...(query.traceId === undefined ? {} : { traceId: query.traceId }),
      ...(query.filter === undefined ? {} : { filter: JSON.stringify(query.filter) }),
    },
    limit: query.limit,
    size: query.size ?? createPageSize(MAX_OBSERVATIONS_PER_PAGE),
    readRow: readObservationV2,
    keyOf: (row) => `${row.traceId} ${row.id}`,
    purpose,
  }
}

/**
 * Describes a reading of `GET /api/public/v3/scores`.
 *
 * @param fetch - Whose scores are wanted; those of a trace include those of its observations.
 * @param purpose - The purpose of page `n`.
 * @returns The list, for `readPages`.
 */
export function scoreList(fetch: ResolvedScoreFetch, purpose: (page: number) => Purpose): PagedList<Score> {
  return {
    path: '/api/public/v3/scores',
    query: { fields: SCORE_FIELDS, [fetch.of]: fetch.ids.join(','), ...nameParameter(fetch.names) },
    limit: MAX_SCORES_PER_PAGE,
    size: createPageSize(MAX_SCORES_PER_PAGE),
    readRow: readScoreV3,
    keyOf: (score) => score.id,
    purpose,
  }
}

// The parameter is a comma-separated list, so names that hold commas cannot be said in it.
function nameParameter(names: readonly string[] | undefined): Record<string, string> {
  return names === undefined || names.length === 0 || names.some((name) => name.includes(','))
    ? {}
    : { name: names.join(',') }
}
