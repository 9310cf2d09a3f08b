import * as v from 'valibot'
import type { ObservationColumn } from '../store/observation-columns.js'
import type { ObservationCondition } from '../store/observation-query.js'
import { DateTime } from './date-time.js'
import { decodeExperimentCursor, type ExperimentCursor } from './experiment-cursor.js'
import type { FilterColumn } from './filter-columns.js'
import { parseObservationFilter } from './observation-filter.js'
import { orAbsent } from './or-absent.js'
import { parseRequest, type QueryParams } from './parse-request.js'
import { splitList, TextList } from './text-list.js'

/** What a request for experiments or for their items asks for. */
export interface ExperimentParams<Group extends string> {
  readonly groups: ReadonlySet<Group>
  /** How many rows the page holds. */
  readonly limit: number
  /** How many scores each row may have. */
  readonly scoreLimit: number
  readonly cursor: ExperimentCursor | undefined
  readonly fromMillis: number
  readonly toMillis: number | undefined
  readonly conditions: readonly ObservationCondition[]
}

/** What differs between the two lists. */
export interface ExperimentList<Group extends string> {
  readonly groups: readonly Group[]
  /** The groups of an answer to a request that names none. */
  readonly defaultGroups: readonly Group[]
  /** What can be filtered on, by parameters of that name and by the parameter `filter`. */
  readonly columns: Readonly<Record<string, ObservationColumn>>
}

const limitUpTo = (most: number): v.GenericSchema<unknown, number | undefined> =>
  orAbsent(v.pipe(v.string(), v.transform(Number), v.number(), v.integer(), v.minValue(1), v.maxValue(most)))
const Base = {
  limit: limitUpTo(100),
  scoreLimit: limitUpTo(50),
  cursor: v.optional(v.string()),
  fromStartTime: DateTime,
  toStartTime: v.optional(DateTime),
  filter: v.optional(v.string()),
}

/** What Langfuse answers with when a limit is missing. */
const DEFAULT_LIMIT = 50

/**
 * Reads the parameters that the two lists of experiments share.
 *
 * @param params The query parameters.
 * @param list Which of the two.
 * @returns What is asked for.
 * @throws {ApiError} 400 in Langfuse's words if a parameter is missing or cannot be understood.
 */
export function parseExperimentParams<Group extends string>(
  params: QueryParams,
  { groups, defaultGroups, columns }: ExperimentList<Group>,
): ExperimentParams<Group> {
  // Named even when it is missing: then the issue is about the value, as it is in Langfuse, and not about the key.
  const parsed = parseRequest(v.object(Base), { fromStartTime: undefined, ...params })
  const named = parseRequest(groupList(groups), params.fields, ['fields'])
  const filter = parseObservationFilter(parsed.filter, filterColumns(columns))
  // A filter on a column replaces the plain parameter for it, as in the list of observations.
  const filtered = new Set(filter.map(({ column }) => column))
  const plain = Object.entries(columns).flatMap(([name, column]): ObservationCondition[] => {
    const values = parseRequest(TextList, params[name], [name])
    if (values === undefined || filtered.has(column)) return []
    return [{ column, type: 'textList', operator: 'any of', values }]
  })
  return {
    groups: new Set(named ?? defaultGroups),
    limit: parsed.limit ?? DEFAULT_LIMIT,
    scoreLimit: parsed.scoreLimit ?? DEFAULT_LIMIT,
    cursor: parsed.cursor === undefined ? undefined : decodeExperimentCursor(parsed.cursor),
    fromMillis: parsed.fromStartTime,
    toMillis: parsed.toStartTime,
    conditions: [...filter, ...plain],
  }
}

function groupList<Group extends string>(groups: readonly Group[]): v.GenericSchema<unknown, Group[] | undefined> {
  return v.optional(v.pipe(v.string(), v.transform(splitList), v.optional(v.array(v.picklist(groups)))))
}

function filterColumns(columns: Readonly<Record<string, ObservationColumn>>): ReadonlyMap<string, FilterColumn> {
  return new Map(Object.entries(columns).map(([name, column]) => [name, { column, type: 'stringOptions' }]))
}
