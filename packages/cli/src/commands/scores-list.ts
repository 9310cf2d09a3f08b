import type { LangfuseTraceLoader, Score } from '@axion/loader'
import type { Command } from 'commander'
import { CliError } from '../cli-error.js'
import { addConnection, type ConnectionFlags } from '../options/connection.js'
import { addTraceFilters, type TraceFilterFlags, toFetchOptions } from '../options/trace-filters.js'
import { jsonLine } from '../render/json-line.js'
import { createPaint } from '../render/paint.js'
import { renderScoreTable } from '../render/score-table.js'
import type { Terminal } from '../terminal.js'
import { withLoader } from './with-loader.js'

interface ScoresListFlags extends TraceFilterFlags, ConnectionFlags {
  readonly trace?: readonly string[]
  readonly ofSession?: readonly string[]
  readonly score?: readonly string[]
  readonly json?: boolean
}

const EXAMPLES = `
Lists the scores of the traces that fit the filters, and of their observations;
or those of the traces or sessions that are named.

Examples:
  axion scores list --tag production --hours 24
  axion scores list --trace 4bf92f3577b34da6a3ce929d0e0e4736
  axion scores list --score faithfulness --json | jq 'select(.value < 0.5) | .traceId'`

const NOTHING_FITS = 'No scores fit. Widen the window (--days 30), raise --limit, or drop a filter.\n'
const FILTERS = ['tag', 'name', 'session', 'user', 'environment', 'days', 'hours', 'from', 'to', 'limit'] as const

/**
 * Adds `axion scores list`.
 *
 * @param scores - The command it stands under.
 * @param terminal - Where it prints, and what stops it.
 */
export function scoresList(scores: Command, terminal: Terminal): void {
  const command = scores
    .command('list')
    .description('list scores')
    .option('--trace <ids...>', 'of these traces, whatever else they are')
    .option('--of-session <ids...>', 'given to these sessions themselves')
    .option('--score <names...>', 'names of scores, of which one must fit')
  addConnection(addTraceFilters(command))
    .option('--json', 'print one JSON object a line')
    .addHelpText('after', EXAMPLES)
    .action((flags: ScoresListFlags) => withLoader(flags, (loader) => print(loader, flags, terminal)))
}

async function print(loader: LangfuseTraceLoader, flags: ScoresListFlags, terminal: Terminal): Promise<void> {
  const found = read(loader, flags, terminal.stop)
  if (flags.json) {
    for await (const score of found) await terminal.writeOut(jsonLine({ ...score }))
    return
  }
  const scores: Score[] = []
  for await (const score of found) scores.push(score)
  const lines = renderScoreTable(scores, createPaint(terminal.color), terminal.columns)
  if (scores.length === 0) await terminal.writeError(NOTHING_FITS)
  else await terminal.writeOut(`${lines.join('\n')}\n`)
}

async function* read(loader: LangfuseTraceLoader, flags: ScoresListFlags, signal: AbortSignal): AsyncGenerator<Score> {
  const { trace, ofSession, score } = flags
  const names = score === undefined ? {} : { names: score }
  if (trace === undefined && ofSession === undefined) {
    const options = { ...toFetchOptions(flags), fetchFullTraces: false, fetchScores: true, signal }
    for await (const { scores } of loader.streamTraces(options)) {
      for (const one of scores) if (score === undefined || score.includes(one.name)) yield one
    }
    return
  }
  const contradiction = FILTERS.find((name) => flags[name] !== undefined)
  const subject = trace === undefined ? '--of-session' : '--trace'
  if (contradiction !== undefined || (trace !== undefined && ofSession !== undefined)) {
    const other = contradiction === undefined ? '--of-session' : `--${contradiction}`
    throw new CliError('wrong_usage', `Invalid ${subject}: it cannot be used with ${other}`)
  }
  const about = trace === undefined ? { sessionIds: ofSession ?? [] } : { traceIds: trace }
  yield* await loader.fetchScores({ ...about, ...names, signal })
}
