import type { Db } from '../db.js'
import { readRows } from '../read-rows.js'

/** The values that filters offer, the most frequent first. */
export interface TraceFacets {
  readonly names: readonly string[]
  readonly tags: readonly string[]
  readonly sessionIds: readonly string[]
  readonly userIds: readonly string[]
  readonly environments: readonly string[]
  readonly scoreNames: readonly string[]
}

/** Offers come from the newest traces: what nobody sends any more need not be offered. */
const RECENT_TRACES = 5000
const RECENT_SCORES = 5000
const MAX_VALUES = 50

/**
 * Reads the values that filters offer.
 *
 * @param db The connection.
 * @returns The values.
 */
export function readTraceFacets(db: Db): TraceFacets {
  const recent = (columns: string): string =>
    `(SELECT ${columns} FROM trace_summaries ORDER BY start_millis DESC, trace_id DESC LIMIT ${RECENT_TRACES})`
  const values = (column: string, from: string): string[] =>
    readRows(db, {
      sql: `SELECT ${column} AS value FROM ${from} WHERE ${column} <> '' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${MAX_VALUES}`,
      values: [],
    }).map(([value]) => String(value))
  return {
    names: values('name', recent('name')),
    tags: values('tag.value', `${recent('tags')}, json_each(tags) AS tag`),
    sessionIds: values('session_id', recent('session_id')),
    userIds: values('user_id', recent('user_id')),
    environments: values('environment', recent('environment')),
    scoreNames: values(
      'name',
      `(SELECT name FROM scores WHERE trace_id IS NOT NULL ORDER BY timestamp_millis DESC, id DESC LIMIT ${RECENT_SCORES})`,
    ),
  }
}
