// What spreadsheets take for a formula or a command, at the start of a cell (OWASP, "CSV Injection"): `=`, `+`, `-`, `@`, their full-width
// forms, tab and line ends.
const STARTS_FORMULA = /^'*[=+\-@＝＋－＠\t\r\n]/
const ESCAPED = /^'+[=+\-@＝＋－＠\t\r\n]/
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/**
 * Puts an apostrophe before text that a spreadsheet would run as a formula: it then shows the text. Questions and answers are written by
 * strangers, and opening a file must not run what they wrote. Text that begins with apostrophes and then like a formula gets one too,
 * so that every text has one escaped form.
 *
 * @param text - The cell.
 * @returns The same, or with an apostrophe before it.
 */
export function escapeFormula(text: string): string {
  return STARTS_FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
}

/**
 * Takes away what {@link escapeFormula} put there.
 *
 * @param cell - The cell.
 * @returns The text.
 */
export function unescapeFormula(cell: string): string {
  return ESCAPED.test(cell) ? cell.slice(1) : cell
}
