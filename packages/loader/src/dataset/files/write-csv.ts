import type { DatasetItem } from '../dataset-item.js'
import { encodeJson } from '../encode-json.js'
import { ITEM_FIELDS } from '../read-item.js'
import { csvText } from './csv-cell.js'
import { escapeFormula } from './csv-formula.js'

/** How CSV is written. */
export interface WriteCsvOptions {
  /**
   * `escape` puts an apostrophe before text that a spreadsheet would run as a formula (reading takes it away again); `keep` writes
   * text as it is, for programs that know no such thing.
   *
   * @default 'escape'
   */
  formulas?: 'escape' | 'keep'
  /** Begins the file with a byte order mark. Excel takes files without one for an old code page. @default false */
  byteOrderMark?: boolean
}

/**
 * Writes an item as a line of CSV (RFC 4180, with line feeds). An empty text is quoted and no text is not, so that both come back.
 *
 * @param item - The item.
 * @param row - Its number, from 1, for messages.
 * @param options - How to treat formulas.
 * @returns The line, with its end.
 * @throws {LoaderError} `invalid_dataset` if a field has no form in JSON.
 */
export function csvLine(item: DatasetItem, row: number, options: WriteCsvOptions = {}): string {
  const guarded = options.formulas === 'keep' ? (text: string) => text : escapeFormula
  const fields: ReadonlyMap<string, unknown> = new Map(Object.entries(item))
  const cells = ITEM_FIELDS.map((field) => {
    const text = textOf(field, fields.get(field), row)
    return text === null ? '' : quoted(guarded(text))
  })
  return `${cells.join(',')}\n`
}

/**
 * Gives the first line of a CSV file: the names of all fields.
 *
 * @param options - Whether a byte order mark goes before it.
 * @returns The line, with its end.
 */
export function csvHeader(options: WriteCsvOptions = {}): string {
  return `${options.byteOrderMark ? '\uFEFF' : ''}${ITEM_FIELDS.join(',')}\n`
}

function textOf(field: string, value: unknown, row: number): string | null {
  try {
    return csvText(field, value)
  } catch {
    // The encoder of JSON Lines says what is wrong with it.
    return encodeJson({ [field]: value }, `item ${row}`)
  }
}

function quoted(text: string): string {
  const isPlain = text !== '' && !/[",\r\n]/.test(text) && text === text.trim()
  return isPlain ? text : `"${text.replaceAll('"', '""')}"`
}
