import { EXPORTED_COLUMNS, type ExportedItem } from './exported-item.js'

/** What spreadsheets take for a formula at the start of a cell (OWASP, "CSV Injection"), after any apostrophes. */
const STARTS_FORMULA = /^'*[=+\-@＝＋－＠\t\r\n]/
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/**
 * Writes items as CSV (RFC 4180, with line feeds). Text stands as it is, everything else as JSON; an empty text is quoted and no value is
 * not. What a spreadsheet would run as a formula gets an apostrophe before it: questions are written by strangers, and opening a file must
 * not run them.
 *
 * @param items The items.
 * @yields The bytes, a line at a time.
 */
export async function* encodeCsv(items: Iterable<ExportedItem>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode(`${EXPORTED_COLUMNS.join(',')}\n`)
  for (const item of items) yield encoder.encode(`${EXPORTED_COLUMNS.map((column) => cell(item[column])).join(',')}\n`)
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const guarded = STARTS_FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
  const isPlain = guarded !== '' && !/[",\r\n]/.test(guarded) && guarded === guarded.trim()
  return isPlain ? guarded : `"${guarded.replaceAll('"', '""')}"`
}
