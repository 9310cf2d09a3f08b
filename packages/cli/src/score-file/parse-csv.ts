/** A row of a CSV file. */
export interface CsvRow {
  /** Where it begins, counted from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

/** A CSV file cut into rows, or where it is broken. */
export type ParsedCsv =
  | { readonly kind: 'rows'; readonly rows: readonly CsvRow[] }
  | { readonly kind: 'broken'; readonly line: number; readonly reason: string }

// A cell (in quotes, in which quotes are doubled, or plain) and what ends it.
const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y

/**
 * Cuts CSV (RFC 4180) into rows. Blank lines are skipped.
 *
 * @param text - The file.
 * @returns The rows.
 */
export function parseCsv(text: string): ParsedCsv {
  const rows: CsvRow[] = []
  let cells: string[] = []
  let line = 1
  let begins = 1
  CELL.lastIndex = 0
  while (CELL.lastIndex < text.length || cells.length > 0) {
    const match = CELL.exec(text)
    if (match === null)
      return { kind: 'broken', line, reason: 'a quote stands alone: expected "…", with "" for a quote inside' }
    const [whole, quoted, plain = '', end] = match
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    line += countLines(whole)
    if (end === ',') continue
    if (cells.length > 1 || cells[0] !== '' || quoted !== undefined) rows.push({ line: begins, cells })
    cells = []
    begins = line
  }
  return { kind: 'rows', rows }
}

function countLines(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0
}
