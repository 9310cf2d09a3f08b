import * as v from 'valibot'
import type { Comparison, ObservationCondition } from '../store/observation-query.js'
import { invalidRequest } from './api-error.js'
import { FILTER_COLUMNS, type FilterColumn, type FilterColumnType } from './filter-columns.js'
import { comparisonOf, FilterCondition } from './filter-condition.js'
import { parseRequest } from './parse-request.js'

/** Which types of condition a column takes; `null` is taken by all. */
const COMPATIBLE: Readonly<Record<FilterColumnType, readonly FilterCondition['type'][]>> = {
  string: ['string', 'stringOptions'],
  stringOptions: ['string', 'stringOptions'],
  arrayOptions: ['arrayOptions', 'stringOptions'],
  datetime: ['datetime'],
  number: ['number'],
  boolean: ['boolean'],
  stringObject: ['stringObject'],
}

/**
 * Reads the parameter `filter` of what has observations: a JSON array of conditions, all of which must hold.
 *
 * @param filter The parameter, or undefined.
 * @param columns What can be filtered on. Default: what observations have.
 * @returns The conditions.
 * @throws {ApiError} 400 in Langfuse's words if it is no JSON, a condition has the wrong shape, or a column does not exist
 * or does not take it.
 */
export function parseObservationFilter(
  filter: string | undefined,
  columns: ReadonlyMap<string, FilterColumn> = FILTER_COLUMNS,
): ObservationCondition[] {
  const conditions = parseConditions(filter, columns)
  requireSearchableText(conditions)
  return conditions
}

/**
 * Reads a JSON array of conditions.
 *
 * @param filter The array, or undefined.
 * @param columns What can be filtered on.
 * @returns The conditions.
 * @throws {ApiError} 400 as {@link parseObservationFilter} does.
 */
export function parseConditions<Column extends string>(
  filter: string | undefined,
  columns: ReadonlyMap<string, FilterColumn<Column>>,
): ({ readonly column: Column } & Comparison)[] {
  if (!filter) return []
  const conditions = parseRequest(v.array(FilterCondition), parseFilterJson(filter), ['filter'])
  return (
    conditions
      // Langfuse reads this type, and then leaves it out.
      .filter(({ type }) => type !== 'positionInTrace')
      .map((condition) => toCondition(condition, findColumn(condition, columns)))
  )
}

function parseFilterJson(filter: string): unknown {
  try {
    return JSON.parse(filter)
  } catch {
    throw invalidRequest('Invalid JSON in filter parameter')
  }
}

function findColumn<Column extends string>(
  { column, type }: FilterCondition,
  columns: ReadonlyMap<string, FilterColumn<Column>>,
): FilterColumn<Column> {
  const found = columns.get(column)
  if (found === undefined) throw invalidRequest(`Column ${column} does not match a UI / CH table mapping.`)
  if (isPayload(found) && type !== 'string')
    throw invalidRequest('Input/output filters only support filter type `string`.')
  if (type !== 'null' && !COMPATIBLE[found.type].includes(type)) {
    throw invalidRequest(`Invalid filter type '${type}' for column '${column}'. Expected filter type '${found.type}'.`)
  }
  return found
}

function toCondition<Column extends string>(
  condition: FilterCondition,
  { column, type }: FilterColumn<Column>,
): { readonly column: Column } & Comparison {
  if (condition.type === 'string') requireToken(condition, isPayload({ column }))
  if (condition.type === 'stringObject') requireToken(condition, true)
  return { column, ...comparisonOf(condition, type === 'arrayOptions') }
}

function requireToken(
  { operator, value }: { readonly operator: string; readonly value: string },
  isSearchable: boolean,
): void {
  if (operator !== 'matches') return
  if (!/[\p{L}\p{N}]/u.test(value)) throw invalidRequest('`matches` requires at least one search token.')
  if (!isSearchable) throw invalidRequest('`matches` is only supported for input, output, and metadata filters.')
}

/** Langfuse's database can only search payloads through an index, which these two operators use; here it is for likeness. */
function requireSearchableText(conditions: readonly ObservationCondition[]): void {
  const onPayload = conditions.filter(isPayload)
  const isIndexed = onPayload.some(({ operator }) => operator === '=' || operator === 'matches')
  if (onPayload.length > 0 && !isIndexed) {
    throw invalidRequest('Input/output filters require at least one `matches` or `=` operator.')
  }
}

function isPayload({ column }: { readonly column: string }): boolean {
  return column === 'input' || column === 'output'
}
