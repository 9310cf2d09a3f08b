import * as v from 'valibot'
import type { ObservationCondition } from '../store/observation-query.js'
import { invalidRequest } from './api-error.js'
import { FILTER_COLUMNS, type FilterColumn, type FilterColumnType } from './filter-columns.js'
import { parseRequest } from './parse-request.js'

const COMPARISONS = ['=', '>', '<', '>=', '<='] as const
const Column = { column: v.string() }
const Texts = v.array(v.string())
const TextOperator = v.picklist(['=', 'contains', 'does not contain', 'starts with', 'ends with', 'matches'])
const Time = v.pipe(
  v.union([v.string(), v.number()]),
  v.transform((time) => new Date(time).getTime()),
  v.check((millis) => !Number.isNaN(millis), 'Invalid input: expected date, received Date'),
)

const FilterCondition = v.variant('type', [
  v.object({ ...Column, type: v.literal('datetime'), operator: v.picklist(['>', '<', '>=', '<=']), value: Time }),
  v.object({ ...Column, type: v.literal('string'), operator: TextOperator, value: v.string() }),
  v.object({ ...Column, type: v.literal('number'), operator: v.picklist(COMPARISONS), value: v.number() }),
  v.object({
    ...Column,
    type: v.literal('stringOptions'),
    operator: v.picklist(['any of', 'none of']),
    value: v.pipe(
      Texts,
      v.check((values) => values.length > 0, 'Invalid input'),
    ),
  }),
  v.pipe(
    v.object({
      ...Column,
      type: v.literal('arrayOptions'),
      operator: v.picklist(['any of', 'none of', 'all of']),
      value: Texts,
    }),
    v.check(
      ({ operator, value }) => operator !== 'any of' || value.length > 0,
      "Value array must not be empty unless operator is 'all of' or 'none of' (which represent waiting for selection)",
    ),
  ),
  v.object({ ...Column, type: v.literal('stringObject'), key: v.string(), operator: TextOperator, value: v.string() }),
  v.object({ ...Column, type: v.literal('boolean'), operator: v.picklist(['=', '<>']), value: v.boolean() }),
  v.object({
    ...Column,
    type: v.literal('null'),
    operator: v.picklist(['is null', 'is not null']),
    value: v.literal(''),
  }),
  // These four exist for columns that need other tables; they parse, and are refused by the column check.
  v.object({ ...Column, type: v.literal('categoryOptions'), key: v.string(), operator: v.string(), value: Texts }),
  v.object({ ...Column, type: v.literal('numberObject'), key: v.string(), operator: v.string(), value: v.number() }),
  v.object({ ...Column, type: v.literal('booleanObject'), key: v.string(), operator: v.string(), value: v.boolean() }),
  v.object({
    ...Column,
    type: v.literal('positionInTrace'),
    key: v.string(),
    operator: v.literal('='),
    value: v.optional(v.number()),
  }),
])

type FilterCondition = v.InferOutput<typeof FilterCondition>

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
  switch (condition.type) {
    case 'string':
      requireToken(condition, column === 'input' || column === 'output')
      return { column, type: 'text', operator: condition.operator, value: condition.value }
    case 'stringObject':
      requireToken(condition, true)
      return { column, type: 'keyedText', key: condition.key, operator: condition.operator, value: condition.value }
    case 'stringOptions':
      return {
        column,
        type: type === 'arrayOptions' ? 'array' : 'textList',
        operator: condition.operator,
        values: condition.value,
      }
    case 'arrayOptions':
      return { column, type: 'array', operator: condition.operator, values: condition.value }
    case 'number':
      return { column, type: 'number', operator: condition.operator, value: condition.value }
    case 'datetime':
      return { column, type: 'time', operator: condition.operator, millis: condition.value }
    case 'boolean':
      return { column, type: 'boolean', operator: condition.operator, value: condition.value }
    case 'null':
      return { column, type: 'null', operator: condition.operator }
    default:
      // Refused by findColumn: no column takes the remaining types.
      throw invalidRequest(`Invalid filter type '${condition.type}' for column '${condition.column}'.`)
  }
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
