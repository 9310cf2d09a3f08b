import * as v from 'valibot'
import type { ObservationCondition } from '../store/observation-query.js'
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
 * Reads the parameter `filter`: a JSON array of conditions, all of which must hold.
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
  if (!filter) return []
  const conditions = parseRequest(v.array(FilterCondition), parseFilterJson(filter), ['filter'])
  const compiled = conditions
    // Langfuse reads this type, and then leaves it out.
    .filter(({ type }) => type !== 'positionInTrace')
    .map((condition) => toCondition(condition, findColumn(condition, columns)))
  requireSearchableText(conditions)
  return compiled
}

function parseFilterJson(filter: string): unknown {
  try {
    return JSON.parse(filter)
  } catch {
    throw invalidRequest('Invalid JSON in filter parameter')
  }
}

function findColumn({ column, type }: FilterCondition, columns: ReadonlyMap<string, FilterColumn>): FilterColumn {
  const found = columns.get(column)
  if (found === undefined) throw invalidRequest(`Column ${column} does not match a UI / CH table mapping.`)
  if (isPayload(found) && type !== 'string')
    throw invalidRequest('Input/output filters only support filter type `string`.')
  if (type !== 'null' && !COMPATIBLE[found.type].includes(type)) {
    throw invalidRequest(`Invalid filter type '${type}' for column '${column}'. Expected filter type '${found.type}'.`)
  }
  return found
}

function toCondition(condition: FilterCondition, { column, type }: FilterColumn): ObservationCondition {
  if (condition.type === 'string') requireToken(condition, column === 'input' || column === 'output')
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
function requireSearchableText(conditions: readonly FilterCondition[]): void {
  const onPayload = conditions.filter(({ column }) => {
    const found = FILTER_COLUMNS.get(column)
    return found !== undefined && isPayload(found)
  })
  if (onPayload.length > 0 && !onPayload.some(({ operator }) => operator === '=' || operator === 'matches')) {
    throw invalidRequest('Input/output filters require at least one `matches` or `=` operator.')
  }
}

function isPayload({ column }: FilterColumn): boolean {
  return column === 'input' || column === 'output'
}
