import { sqlJson } from '../sql-value.js'

/**
 * A copy of a row as every store gives it back: no later change of the original reaches it, and NULs and lone surrogates in its texts are
 * U+FFFD.
 *
 * @param row The row, of what JSON can say.
 * @returns The copy.
 */
export function storedCopy<Row>(row: Row): Row {
  // What was a row before is one after: JSON keeps its shape.
  return JSON.parse(sqlJson(row)) as Row
}

/**
 * A copy of JSON that no store looks into, and that therefore comes back as it was.
 *
 * @param value What JSON can say.
 * @returns The copy; null for what JSON cannot say.
 */
export function jsonCopy<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value) ?? 'null') as Value
}

/**
 * Text as it stands in a stored row, to be compared with one.
 *
 * @param text Text from outside.
 * @returns The text without NULs and lone surrogates.
 */
export function storedText(text: string): string {
  return text.replaceAll(NEVER_STORED, '\uFFFD')
}

const NEVER_STORED = /[\0\p{Surrogate}]/gu
