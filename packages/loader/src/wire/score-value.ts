import { type WireRecord, wrongField } from './read-field.js'

/** What kind of value a score holds. */
export type ScoreDataType = 'NUMERIC' | 'BOOLEAN' | 'CATEGORICAL' | 'TEXT' | 'CORRECTION'

const VALUE_TYPES: Readonly<Record<ScoreDataType, 'number' | 'boolean' | 'string'>> = {
  NUMERIC: 'number',
  BOOLEAN: 'boolean',
  CATEGORICAL: 'string',
  TEXT: 'string',
  CORRECTION: 'string',
}

/**
 * Reads what kind of value a score holds.
 *
 * @param row - The score.
 * @param at - Where it stands in the answer, for messages.
 * @returns The kind.
 * @throws {LoaderError} `invalid_response` if it is none of Langfuse's.
 */
export function readDataType(row: WireRecord, at: string): ScoreDataType {
  const value = row.dataType
  if (typeof value === 'string' && isDataType(value)) return value
  throw wrongField(`${at}.dataType`, `one of ${Object.keys(VALUE_TYPES).join(', ')}`, value)
}

function isDataType(value: string): value is ScoreDataType {
  return Object.hasOwn(VALUE_TYPES, value)
}

/**
 * Checks a score's value. One of another type than `dataType` promises would break whoever branches on it, so it is refused.
 *
 * @param value - The value.
 * @param dataType - What it should be.
 * @param at - Where the score stands in the answer, for messages.
 * @returns The value.
 * @throws {LoaderError} `invalid_response` if it is something else.
 */
export function readScoreValue(value: unknown, dataType: ScoreDataType, at: string): number | boolean | string {
  const isScalar = typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string'
  if (isScalar && typeof value === VALUE_TYPES[dataType]) return value
  throw wrongField(`${at}.value`, `a ${VALUE_TYPES[dataType]} for a ${dataType} score`, value)
}
