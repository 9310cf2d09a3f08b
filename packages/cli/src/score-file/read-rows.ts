import { CliError } from '../cli-error.js'
import { parseCsv } from './parse-csv.js'

/** One row of a file of scores, or what is wrong with its line. */
export type Row =
  | { readonly kind: 'row'; readonly line: number; readonly fields: Readonly<Record<string, unknown>> }
  | { readonly kind: 'broken'; readonly line: number; readonly reason: string }

/** The forms of files of scores. */
export type ScoreFileFormat = 'jsonl' | 'csv'

/**
 * Cuts a file of scores into rows.
 *
 * @param text - The file.
 * @param format - Its form.
 * @returns The rows with their lines, counted from 1.
 * @throws {CliError} `input_failed` if a CSV file cannot be cut into rows at all.
 */
export function readRows(text: string, format: ScoreFileFormat): readonly Row[] {
  // A byte order mark is Excel's way of saying UTF-8.
  const plain = text.replace(/^\ufeff/, '')
  return format === 'csv' ? csvRows(plain) : jsonRows(plain)
}

function jsonRows(text: string): readonly Row[] {
  return text.split(/\r?\n/).flatMap((content, index): Row[] => {
    const line = index + 1
    if (content.trim() === '') return []
    const value = parseObject(content)
    if (typeof value === 'string') return [{ kind: 'broken', line, reason: value }]
    return [{ kind: 'row', line, fields: value }]
  })
}

/** The object, or why it is none. */
function parseObject(content: string): Readonly<Record<string, unknown>> | string {
  try {
    const value: unknown = JSON.parse(content)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    // Checked to be an object, whose keys are text.
    return isObject ? (value as Record<string, unknown>) : 'it is no JSON object'
  } catch {
    return 'it is not JSON'
  }
}

function csvRows(text: string): readonly Row[] {
  const parsed = parseCsv(text)
  if (parsed.kind === 'broken') {
    throw new CliError('input_failed', `Cannot read the CSV: line ${parsed.line}: ${parsed.reason}`)
  }
  const [head, ...rows] = parsed.rows
  if (head === undefined) return []
  const names = head.cells.map((cell) => cell.trim())
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated !== undefined) {
    throw new CliError('input_failed', `Cannot read the CSV: line 1: the column '${repeated}' is there twice`)
  }
  return rows.map(({ line, cells }): Row => {
    if (cells.length !== names.length) {
      return { kind: 'broken', line, reason: `it has ${cells.length} cells: expected ${names.length}, as line 1 has` }
    }
    // An empty cell is nothing: CSV has no other way to say so.
    const entries = names.map((name, index) => [name, cells[index] ?? ''] as const).filter(([, cell]) => cell !== '')
    return { kind: 'row', line, fields: Object.fromEntries(entries) }
  })
}
