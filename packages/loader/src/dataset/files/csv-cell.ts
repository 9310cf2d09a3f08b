import { parseScalar, parseStructured } from '../decode-cell.js'
import { kindOfField } from '../field-kinds.js'
import { unescapeFormula } from './csv-formula.js'

/**
 * Gives the text of a field's value in a CSV file. Lists and records are JSON; so is a judgment that is a number or yes or no, and one that
 * would be read as either.
 *
 * @param field - The field.
 * @param value - Its value.
 * @returns The text; `null` for none.
 */
export function csvText(field: string, value: unknown): string | null {
  if (value === null || value === undefined) return null
  const kind = kindOfField(field)
  if (kind === 'json' || kind === 'texts') return JSON.stringify(value)
  if (typeof value !== 'string') return String(value)
  return kind === 'scalar' && parseScalar(value) !== undefined ? JSON.stringify(value) : value
}

/**
 * Gives what a field of a CSV file holds.
 *
 * @param field - The field.
 * @param text - The cell; `null` if it is empty and not quoted.
 * @returns The value, for the item's own checks.
 */
export function csvValue(field: string, text: string | null): unknown {
  // Spreadsheets write no quotes around empty cells, and every item has a query.
  if (text === null) return field === 'query' ? '' : null
  switch (kindOfField(field)) {
    case 'json':
    case 'texts':
      return parseStructured(text)
    case 'number':
      return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text)
    case 'scalar':
      return parseScalar(text) ?? text
    default:
      return text
  }
}

/**
 * Decodes a cell as {@link csvValue} does, after taking away the mark against formulas.
 *
 * @param field - The field.
 * @param text - The cell.
 * @returns The value.
 */
export function escapedCsvValue(field: string, text: string | null): unknown {
  return csvValue(field, text === null ? null : unescapeFormula(text))
}
