import * as v from 'valibot'
import type { Comparison, OrderOperator, TextOperator as TextComparison } from '../store/observation-query.js'
import { invalidRequest } from './api-error.js'

/** A condition of a filter, as it came in; times are milliseconds since the epoch. */
export type FilterCondition = { readonly column: string } & (
  | { readonly type: 'datetime'; readonly operator: '>' | '<' | '>=' | '<='; readonly value: number }
  | { readonly type: 'string'; readonly operator: TextComparison; readonly value: string }
  | { readonly type: 'number'; readonly operator: OrderOperator; readonly value: number }
  | { readonly type: 'stringOptions'; readonly operator: 'any of' | 'none of'; readonly value: string[] }
  | { readonly type: 'arrayOptions'; readonly operator: 'any of' | 'none of' | 'all of'; readonly value: string[] }
  | { readonly type: 'stringObject'; readonly key: string; readonly operator: TextComparison; readonly value: string }
  | { readonly type: 'boolean'; readonly operator: '=' | '<>'; readonly value: boolean }
  | { readonly type: 'null'; readonly operator: 'is null' | 'is not null'; readonly value: '' }
  | { readonly type: 'categoryOptions'; readonly key: string; readonly operator: string; readonly value: string[] }
  | { readonly type: 'numberObject'; readonly key: string; readonly operator: string; readonly value: number }
  | { readonly type: 'booleanObject'; readonly key: string; readonly operator: string; readonly value: boolean }
  | {
      readonly type: 'positionInTrace'
      readonly key: string
      readonly operator: '='
      readonly value?: number | undefined
    }
)

const COMPARISONS = ['=', '>', '<', '>=', '<='] as const
const Column = { column: v.string() }
const Texts = v.array(v.string())
const TextOperator = v.picklist(['=', 'contains', 'does not contain', 'starts with', 'ends with', 'matches'])
const Time = v.pipe(
  v.union([v.string(), v.number()]),
  v.transform((time) => new Date(time).getTime()),
  v.check((millis) => !Number.isNaN(millis), 'Invalid input: expected date, received Date'),
)

/** What a condition must look like. */
export const FilterCondition: v.GenericSchema<unknown, FilterCondition> = v.variant('type', [
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

/**
 * What a condition compares with.
 *
 * @param condition The condition, of a type that its column takes.
 * @param isArray Whether its column is a list.
 * @returns The comparison.
 * @throws {ApiError} 400 if it is of a type that no column takes.
 */
export function comparisonOf(condition: FilterCondition, isArray: boolean): Comparison {
  switch (condition.type) {
    case 'string':
      return { type: 'text', operator: condition.operator, value: condition.value }
    case 'stringObject':
      return { type: 'keyedText', key: condition.key, operator: condition.operator, value: condition.value }
    case 'stringOptions':
      return { type: isArray ? 'array' : 'textList', operator: condition.operator, values: condition.value }
    case 'arrayOptions':
      return { type: 'array', operator: condition.operator, values: condition.value }
    case 'number':
      return { type: 'number', operator: condition.operator, value: condition.value }
    case 'datetime':
      return { type: 'time', operator: condition.operator, millis: condition.value }
    case 'boolean':
      return { type: 'boolean', operator: condition.operator, value: condition.value }
    case 'null':
      return { type: 'null', operator: condition.operator }
    default:
      // Whoever looks for the column refuses them: none takes the remaining types.
      throw invalidRequest(`Invalid filter type '${condition.type}' for column '${condition.column}'.`)
  }
}
