import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { type Command, Option } from 'commander'
import { CliError } from '../cli-error.js'
import { withInput } from '../files/with-input.js'
import { addConnection, type Connection, type ConnectionFlags, toConnection } from '../options/connection.js'
import { parseInput } from '../options/parse-input.js'
import { counted } from '../render/counted.js'
import { jsonLine } from '../render/json-line.js'
import { plainText } from '../render/plain-text.js'
import { createProgress } from '../render/progress.js'
import type { ScoreFileFormat } from '../score-file/read-rows.js'
import type { RefusedScore, TimedScore } from '../send/post-scores.js'
import type { Terminal } from '../terminal.js'

interface ScoresPushFlags extends ConnectionFlags {
  readonly format?: ScoreFileFormat
  readonly dryRun?: boolean
  readonly json?: boolean
}

const EXAMPLES = `
A line is a score: name, value and traceId (with observationId for a step),
sessionId or datasetRunId; and, if wanted, id, dataType (NUMERIC, BOOLEAN,
CATEGORICAL, TEXT, CORRECTION; else by the value), comment, metadata,
environment, configId, timestamp. All lines are checked before the first is
sent. A score without an id gets one made of its name and what it is about, so
that pushing again replaces and adds nothing twice.

Examples:
  axion scores push scores.csv --dry-run
  echo '{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","name":"helpful","value":true}' | axion scores push -`

const MAX_SHOWN_PROBLEMS = 20

/**
 * Adds `axion scores push`.
 *
 * @param scores - The command it stands under.
 * @param terminal - Where it prints, and what stops it.
 */
export function scoresPush(scores: Command, terminal: Terminal): void {
  const command = scores
    .command('push')
    .description('push scores of a file')
    .argument('<file>', 'JSON Lines or CSV; - is standard input', parseInput)
    .addOption(
      new Option('--format <form>', "form of the file (default: by its name's end; jsonl for -)").choices([
        'jsonl',
        'csv',
      ]),
    )
    .option('--dry-run', 'check the file and send nothing')
  addConnection(command)
    .option('--json', 'print one JSON object with scores, refused and dryRun')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, flags: ScoresPushFlags) => {
      const connection = flags.dryRun ? undefined : toConnection(flags)
      const all = await readAll(file, flags.format ?? formatOf(file), terminal)
      const refused = connection === undefined ? [] : await send(all, connection, terminal)
      await report(
        file,
        { scores: all.length - refused.length, refused, dryRun: flags.dryRun ?? false },
        flags,
        terminal,
      )
    })
}

function formatOf(file: string): ScoreFileFormat {
  const end = extname(file).toLowerCase()
  if (end === '.csv') return 'csv'
  if (file === '-' || end === '.jsonl' || end === '.ndjson') return 'jsonl'
  throw new CliError('wrong_usage', `Invalid file name: it ends in '${end}': expected .jsonl or .csv, or --format`)
}

async function readAll(file: string, format: ScoreFileFormat, terminal: Terminal): Promise<readonly TimedScore[]> {
  const { readRows } = await import('../score-file/read-rows.js')
  const { readScores } = await import('../score-file/read-scores.js')
  const { scores, problems } = readScores(readRows(await withInput(file, terminal, readInput), format), Date.now())
  if (problems.length === 0) return scores
  const shown = file === '-' ? 'standard input' : file
  for (const { line, reason } of problems.slice(0, MAX_SHOWN_PROBLEMS)) {
    await terminal.writeError(`axion: ${plainText(`${shown}:${line}: ${reason}`)}\n`)
  }
  throw new CliError(
    'input_failed',
    `Cannot push ${shown}: wrong in ${counted(problems.length, 'line')}: nothing was sent`,
  )
}

async function readInput(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    throw new CliError('input_failed', `Cannot read ${file}: ${code}: check the path and who may read it`, { cause })
  }
}

async function send(
  scores: readonly TimedScore[],
  connection: Connection,
  terminal: Terminal,
): Promise<readonly RefusedScore[]> {
  const { createLangfuseClient } = await import('../send/langfuse-client.js')
  const { postScores, SCORES_PER_REQUEST } = await import('../send/post-scores.js')
  const delivery = { client: createLangfuseClient(connection), signal: terminal.stop }
  const progress = createProgress(terminal, 'scores sent')
  const refused: RefusedScore[] = []
  try {
    for (let from = 0; from < scores.length; from += SCORES_PER_REQUEST) {
      const batch = scores.slice(from, from + SCORES_PER_REQUEST)
      refused.push(...(await postScores(batch, delivery)))
      await progress.update(from + batch.length, scores.length)
    }
    return refused
  } finally {
    await progress.end()
  }
}

interface Report {
  readonly scores: number
  readonly refused: readonly RefusedScore[]
  readonly dryRun: boolean
}

async function report(file: string, result: Report, { json }: ScoresPushFlags, terminal: Terminal): Promise<void> {
  const { scores, refused, dryRun } = result
  const text = dryRun
    ? `scores: ${counted(scores, 'score')} checked, nothing was sent\n`
    : `scores: ${counted(scores, 'score')} pushed\n`
  await terminal.writeOut(json ? jsonLine(result) : text)
  if (refused.length === 0) return
  for (const { id, reason } of refused.slice(0, MAX_SHOWN_PROBLEMS)) {
    await terminal.writeError(`axion: score ${plainText(id)}: ${plainText(reason)}\n`)
  }
  throw new CliError(
    'send_refused',
    `Cannot push all of ${file}: the server refused ${counted(refused.length, 'score')}`,
  )
}
