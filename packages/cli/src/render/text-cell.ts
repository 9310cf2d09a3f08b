import type { Style } from './paint.js'
import { plainText } from './plain-text.js'
import type { Cell } from './table.js'

/**
 * Makes a cell of text from elsewhere.
 *
 * @param text - The text; `null` or empty is shown as a dash, because an empty cell would shift the columns for `awk` and `cut`.
 * @param style - What it means. @default 'plain'
 * @returns The cell, safe to print.
 */
export function textCell(text: string | null, style: Style = 'plain'): Cell {
  return { text: text === null || text === '' ? '-' : plainText(text), style }
}
