import type { Metadata } from '../../model/observation.js'
import type { ColumnDefinition, ObservationColumn } from '../observation-columns.js'
import type { Comparison, OrderOperator } from '../observation-query.js'
import { matchesText, type TextComparison } from './matches-text.js'
import { storedText } from './stored-copy.js'

/** What a column of a row can be. Null is none. */
export type ColumnValue = string | number | boolean | null | readonly string[] | Metadata

/** How the columns of a row are read. */
export type ColumnReaders<Row, Column extends string = ObservationColumn> = Readonly<
  Partial<Record<Column, (row: Row) => ColumnValue>>
>

/** The columns of a kind of row. */
export interface ReadableColumns<Row, Column extends string = ObservationColumn> {
  readonly definitions: Readonly<Partial<Record<Column, Pick<ColumnDefinition, 'emptyIsNull'>>>>
  readonly readers: ColumnReaders<Row, Column>
}

/**
 * The rows for which all conditions hold, with the meaning they have in Langfuse, including what happens to empty values.
 *
 * @param rows The rows.
 * @param conditions The conditions.
 * @param columns The columns of the rows.
 * @returns Those for which they hold.
 * @throws {TypeError} If the rows do not have a column, which whoever reads requests must not let through.
 */
export function whereAllHold<Row>(
  rows: readonly Row[],
  conditions: readonly ({ readonly column: string } & Comparison)[],
  { definitions, readers }: ReadableColumns<Row, string>,
): Row[] {
  const checks = conditions.map((condition) => {
    const isKnown = Object.hasOwn(definitions, condition.column) && Object.hasOwn(readers, condition.column)
    const [definition, read] = isKnown ? [definitions[condition.column], readers[condition.column]] : []
    if (definition === undefined || read === undefined)
      throw new TypeError(`no column ${condition.column} in this table`)
    const emptyIsNull = definition.emptyIsNull === true
    return (row: Row): boolean => holds(read(row), condition, emptyIsNull)
  })
  return rows.filter((row) => checks.every((check) => check(row)))
}

function holds(value: ColumnValue, condition: Comparison, emptyIsNull: boolean): boolean {
  if (condition.type === 'null') {
    const isNull = emptyIsNull ? value === '' : value === null
    return isNull === (condition.operator === 'is null')
  }
  if (condition.type === 'array') return arrayHolds(Array.isArray(value) ? value : [], condition)
  if (condition.type === 'textList' && condition.values.length === 0 && !emptyIsNull) {
    // Nothing is one of none, and even what is null is none of them.
    return condition.operator === 'none of'
  }
  if (value === null) return false
  switch (condition.type) {
    case 'text':
      return typeof value === 'string' && (emptyIsNull ? nullableTextHolds : matchesText)(value, condition)
    case 'keyedText':
      return keyedTextHolds(value, condition.key, condition)
    case 'textList':
      return typeof value === 'string' && textListHolds(value, condition, emptyIsNull)
    case 'number':
      return typeof value === 'number' && compare(value, condition.operator, condition.value)
    case 'time':
      return typeof value === 'number' && compare(value, condition.operator, condition.millis)
    case 'boolean':
      return (value === condition.value) === (condition.operator === '=')
  }
}

function nullableTextHolds(text: string, comparison: TextComparison): boolean {
  if (comparison.operator === 'does not contain') return text !== '' && matchesText(text, comparison)
  return comparison.value === '' ? text === '' : matchesText(text, comparison)
}

/** A row without the key matches nothing, not even "does not contain". */
function keyedTextHolds(value: ColumnValue, key: string, comparison: TextComparison): boolean {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false
  const [, text] = Object.entries(value).find(([name]) => name === storedText(key)) ?? []
  return typeof text === 'string' && matchesText(text, comparison)
}

function textListHolds(
  text: string,
  { operator, values }: { readonly operator: 'any of' | 'none of'; readonly values: readonly string[] },
  emptyIsNull: boolean,
): boolean {
  const isIn = values.some((value) => storedText(value) === text)
  return operator === 'any of' ? isIn : !isIn && !(emptyIsNull && text === '')
}

function arrayHolds(
  list: readonly string[],
  { operator, values }: { readonly operator: 'any of' | 'none of' | 'all of'; readonly values: readonly string[] },
): boolean {
  const isThere = (value: string): boolean => list.includes(storedText(value))
  switch (operator) {
    case 'any of':
      return values.some(isThere)
    case 'none of':
      return !values.some(isThere)
    case 'all of':
      return values.every(isThere)
  }
}

function compare(value: number, operator: OrderOperator, other: number): boolean {
  switch (operator) {
    case '=':
      return value === other
    case '>':
      return value > other
    case '<':
      return value < other
    case '>=':
      return value >= other
    case '<=':
      return value <= other
  }
}
