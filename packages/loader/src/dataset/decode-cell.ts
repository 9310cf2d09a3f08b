import { kindOfField } from './field-kinds.js'

/**
 * Turns a cell of a typed table (Parquet, Arrow, a data frame) into what the field holds. Tables that came from CSV keep lists and records
 * as JSON text, and Arrow hands out times as milliseconds.
 *
 * @param field - The field.
 * @param value - What the table holds, as plain data.
 * @returns What the item's own checks expect.
 */
export function decodeCell(field: string, value: unknown): unknown {
  const kind = kindOfField(field)
  if (kind === 'time' && typeof value === 'number') return new Date(value)
  const isStructured = kind === 'json' || kind === 'texts'
  return isStructured && typeof value === 'string' ? parseStructured(value) : value
}

/**
 * Reads the JSON of a list or record.
 *
 * @param text - The text.
 * @returns What it says; `null` if it is blank; the text itself if it is no JSON, so that the item's own checks name the field.
 */
export function parseStructured(text: string): unknown {
  if (text.trim() === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/**
 * Reads text, a number or yes and no, if JSON says one of them.
 *
 * @param text - What may be JSON.
 * @returns The value; `undefined` if it is something else, or no JSON.
 */
export function parseScalar(text: string): string | number | boolean | undefined {
  const value = parseStructured(text)
  // What is no JSON comes back as it went in.
  if (typeof value === 'string') return value === text ? undefined : value
  // Too large a number for JavaScript stays the text that it was.
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  return typeof value === 'boolean' ? value : undefined
}
