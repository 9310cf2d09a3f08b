import type { SqlCell } from '@axion/dev-server'
import type { Command } from 'commander'
import { CliError } from '../cli-error.js'
import { parsePath } from '../options/parse-path.js'
import { jsonLine } from '../render/json-line.js'
import { createPaint } from '../render/paint.js'
import { plainText } from '../render/plain-text.js'
import { type Cell, renderTable } from '../render/table.js'
import type { Terminal } from '../terminal.js'

interface SqlFlags {
  readonly dataDir: string
  readonly json?: boolean
}

const EXAMPLES = `
One query, which can change nothing. A server may run on the data. The tables
are those of the SQLite file, which may change from version to version; the
first example lists them.

Examples:
  axion sql "SELECT name, sql FROM sqlite_schema WHERE type = 'table'"
  axion sql "SELECT type, count(*) AS n FROM observations GROUP BY type ORDER BY n DESC"
  axion sql --json "SELECT trace_id, name FROM observations WHERE level = 'ERROR'" | jq -r .trace_id`

// A table is laid out as a whole.
const MAX_TABLE_ROWS = 10_000

/**
 * Sets up `axion sql`.
 *
 * @param command - The command.
 * @param terminal - Where it prints, and what stops it.
 */
export function sql(command: Command, terminal: Terminal): void {
  command
    .argument('<query>', 'a SELECT of SQLite')
    .option('--data-dir <directory>', 'the local store: what axion dev was given', parsePath, '.axion')
    .option('--json', 'print one JSON object a row')
    .addHelpText('after', EXAMPLES)
    .action(async (query: string, flags: SqlFlags) => {
      const { DevServerError, queryStore } = await import('@axion/dev-server')
      // SQLite computes in this thread, where no signal is heard meanwhile. A copy that is left then is removed by the next query.
      terminal.letSignalsEnd()
      try {
        const answer = queryStore(flags.dataDir, query)
        try {
          if (flags.json) await printLines(answer.columns, answer.rows, terminal)
          else await printTable(answer.columns, answer.rows, terminal)
        } finally {
          answer.close()
        }
      } catch (error) {
        if (!(error instanceof DevServerError)) throw error
        const code = error.code === 'invalid_query' ? 'input_failed' : 'server_failed'
        const flag = error.code === 'data_dir_unusable' ? ' (--data-dir)' : ''
        throw new CliError(code, `${error.message}${flag}`, { cause: error })
      }
    })
}

type Rows = Iterable<readonly SqlCell[]>

async function printLines(columns: readonly string[], rows: Rows, terminal: Terminal): Promise<void> {
  const names = uniqueNames(columns)
  for (const row of rows) {
    await terminal.writeOut(jsonLine(Object.fromEntries(names.map((name, index) => [name, jsonCell(row[index])]))))
    if (terminal.stop.aborted) throw new CliError('stopped', 'Stopped')
  }
}

async function printTable(columns: readonly string[], rows: Rows, terminal: Terminal): Promise<void> {
  const cells: (readonly Cell[])[] = []
  let isMore = false
  for (const row of rows) {
    isMore = cells.length === MAX_TABLE_ROWS
    if (isMore) break
    cells.push(row.map(tableCell))
  }
  const titles = columns.map((title) => ({ title: plainText(title), shrinks: true }))
  const lines = renderTable(titles, cells, createPaint(terminal.color), terminal.columns)
  await terminal.writeOut(`${lines.join('\n')}\n`)
  if (isMore) await terminal.writeError(`axion: only the first ${MAX_TABLE_ROWS} rows are shown: --json prints all\n`)
}

function tableCell(value: SqlCell): Cell {
  if (value === null) return { text: '-', style: 'faint' }
  return { text: value instanceof Uint8Array ? `<${value.length} bytes>` : plainText(String(value)), style: 'plain' }
}

function jsonCell(value: SqlCell | undefined): string | number | null {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  // JSON has no infinity.
  return value === undefined || (typeof value === 'number' && !Number.isFinite(value)) ? null : value
}

// SQL allows two columns of one name, JSON does not.
function uniqueNames(columns: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  return columns.map((column) => {
    let name = column
    for (let number = 2; taken.has(name); number++) name = `${column}_${number}`
    taken.add(name)
    return name
  })
}
