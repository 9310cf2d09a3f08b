import { type ColumnDefinition, OBSERVATION_COLUMNS } from './observation-columns.js'
import type { Comparison, TextOperator } from './observation-query.js'
import { type SqlValue, sqlText } from './sql-value.js'

/** A piece of a WHERE clause and the values of its placeholders. */
export interface SqlCondition {
  readonly sql: string
  readonly values: readonly SqlValue[]
}

/**
 * Turns a condition into SQL with the meaning it has in Langfuse, including what happens to empty values.
 *
 * @param condition One condition.
 * @param columns What the columns of the table are made of. Default: those of observations.
 * @returns Its SQL; every value from outside is a placeholder.
 * @throws {TypeError} If the table does not have the column, which whoever reads requests must not let through.
 */
export function compileCondition(
  condition: { readonly column: string } & Comparison,
  columns: Readonly<Record<string, Pick<ColumnDefinition, 'sql' | 'emptyIsNull'> | undefined>> = OBSERVATION_COLUMNS,
): SqlCondition {
  const definition = Object.hasOwn(columns, condition.column) ? columns[condition.column] : undefined
  if (definition === undefined) throw new TypeError(`no column ${condition.column} in this table`)
  const { sql: column, emptyIsNull = false } = definition
  switch (condition.type) {
    case 'text':
      return emptyIsNull ? compileNullableText(column, condition) : compileText(column, condition)
    case 'keyedText':
      return compileKeyedText(column, condition)
    case 'textList':
      return compileTextList(column, condition, emptyIsNull)
    case 'array':
      return compileArray(column, condition)
    case 'number':
      return { sql: `${column} ${condition.operator} ?`, values: [condition.value] }
    case 'time':
      return { sql: `${column} ${condition.operator} ?`, values: [condition.millis] }
    case 'boolean':
      return { sql: `${column} ${condition.operator} ${condition.value ? 1 : 0}`, values: [] }
    case 'null':
      return compileNull(column, condition.operator, emptyIsNull)
  }
}

interface TextComparison {
  readonly operator: TextOperator
  readonly value: string
}

function compileText(column: string, { operator, value }: TextComparison): SqlCondition {
  const text = sqlText(value)
  switch (operator) {
    case '=':
      // The partial indices cover the rows that have a value; saying so lets the planner use them.
      return { sql: text === '' ? `${column} = ?` : `(${column} = ? AND ${column} <> '')`, values: [text] }
    case 'contains':
      return text === '' ? always(column) : { sql: `instr(${column}, ?) > 0`, values: [text] }
    case 'does not contain':
      return text === '' ? { sql: 'FALSE', values: [] } : { sql: `instr(${column}, ?) = 0`, values: [text] }
    case 'starts with':
      return text === '' ? always(column) : { sql: `substr(${column}, 1, length(?)) = ?`, values: [text, text] }
    case 'ends with':
      // substr(x, -0) would be all of x, hence the case of the empty value.
      return text === '' ? always(column) : { sql: `substr(${column}, -length(?)) = ?`, values: [text, text] }
    case 'matches':
      return { sql: `instr(lower(${column}), lower(?)) > 0`, values: [text] }
  }
}

/** Everything contains the empty text, except null. */
function always(column: string): SqlCondition {
  return { sql: `${column} IS NOT NULL`, values: [] }
}

function compileNullableText(column: string, comparison: TextComparison): SqlCondition {
  if (comparison.operator === 'does not contain') {
    const { sql, values } = compileText(column, comparison)
    return { sql: `(${column} <> '' AND ${sql})`, values }
  }
  return comparison.value === '' ? { sql: `${column} = ''`, values: [] } : compileText(column, comparison)
}

/** A row without the key matches nothing, not even "does not contain". */
function compileKeyedText(
  column: string,
  { key, ...comparison }: TextComparison & { readonly key: string },
): SqlCondition {
  const { sql, values } = compileText('value', comparison)
  return {
    sql: `EXISTS (SELECT 1 FROM json_each(${column}) WHERE key = ? AND ${sql})`,
    values: [sqlText(key), ...values],
  }
}

function compileTextList(
  column: string,
  { operator, values }: { readonly operator: 'any of' | 'none of'; readonly values: readonly string[] },
  emptyIsNull: boolean,
): SqlCondition {
  const placeholders = values.map(() => '?').join(', ')
  const texts = values.map(sqlText)
  const guard = emptyIsNull ? ` AND ${column} <> ''` : ''
  if (operator === 'any of') {
    // As above: where no empty value is asked for, saying so lets the planner use a partial index.
    return { sql: `(${column} IN (${placeholders})${texts.includes('') ? '' : guard})`, values: texts }
  }
  return { sql: `(${column} NOT IN (${placeholders})${guard})`, values: texts }
}

function compileArray(
  column: string,
  { operator, values }: { readonly operator: 'any of' | 'none of' | 'all of'; readonly values: readonly string[] },
): SqlCondition {
  const texts = values.map(sqlText)
  if (operator === 'all of') {
    const each = texts.map(() => `EXISTS (SELECT 1 FROM json_each(${column}) WHERE value = ?)`)
    return { sql: each.length === 0 ? 'TRUE' : `(${each.join(' AND ')})`, values: texts }
  }
  const any = `EXISTS (SELECT 1 FROM json_each(${column}) WHERE value IN (${values.map(() => '?').join(', ')}))`
  return { sql: operator === 'any of' ? any : `NOT ${any}`, values: texts }
}

function compileNull(column: string, operator: 'is null' | 'is not null', emptyIsNull: boolean): SqlCondition {
  const isNull = operator === 'is null'
  if (emptyIsNull) return { sql: isNull ? `${column} = ''` : `${column} <> ''`, values: [] }
  return { sql: isNull ? `${column} IS NULL` : `${column} IS NOT NULL`, values: [] }
}
