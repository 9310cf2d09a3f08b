import { setTimeout as sleep } from 'node:timers/promises'
import type { LangfuseTraceLoader, Trace } from '@axion/loader'
import type { Command } from 'commander'
import { CliError } from '../cli-error.js'
import { addConnection, type ConnectionFlags } from '../options/connection.js'
import { parseCount, parseWait } from '../options/parse-number.js'
import { addTraceConditions, type TraceConditionFlags, toConditions } from '../options/trace-filters.js'
import { jsonLine } from '../render/json-line.js'
import { createPaint } from '../render/paint.js'
import { plainText } from '../render/plain-text.js'
import { traceSummaryJson } from '../render/trace-json.js'
import { traceLine } from '../render/trace-line.js'
import { isPassing } from '../tail/is-passing.js'
import { readNewTraces } from '../tail/read-new-traces.js'
import type { Terminal } from '../terminal.js'
import { withLoader } from './with-loader.js'

interface TracesTailFlags extends TraceConditionFlags, ConnectionFlags {
  readonly lines: number
  readonly interval: number
  readonly json?: boolean
}

const EXAMPLES = `
A trace is shown when its root has arrived, which is when it ends. Ends with
Ctrl-C (130). A server that is away for a while is waited for.

Examples:
  axion traces tail
  axion traces tail --tag production --lines 50
  axion traces tail --json | jq 'select(.level == "ERROR") | .id'`

/**
 * Adds `axion traces tail`.
 *
 * @param traces - The command it stands under.
 * @param terminal - Where it prints, and what stops it.
 */
export function tracesTail(traces: Command, terminal: Terminal): void {
  const command = traces
    .command('tail')
    .description('show traces as they come')
    .option('--lines <number>', 'how many to show of those that are there', parseCount, 10)
    .option('--interval <seconds>', 'how long to wait between two looks', parseWait, 2)
  addConnection(addTraceConditions(command))
    .option('--json', 'print one JSON object a line')
    .addHelpText('after', EXAMPLES)
    .action((flags: TracesTailFlags) => withLoader(flags, (loader) => follow(loader, flags, terminal)))
}

async function follow(loader: LangfuseTraceLoader, flags: TracesTailFlags, terminal: Terminal): Promise<void> {
  const { stop } = terminal
  const paint = createPaint(terminal.color)
  const print = (trace: Trace): Promise<void> =>
    terminal.writeOut(flags.json ? jsonLine(traceSummaryJson(trace)) : `${traceLine(trace, paint, terminal.columns)}\n`)
  const seen = new Map<string, number>()
  const query = { conditions: toConditions(flags), seen, signal: stop }
  let hasAnswered = false
  let isAway = false
  while (!stop.aborted) {
    try {
      for (const trace of await readNewTraces(
        loader,
        { ...query, atFirst: hasAnswered ? undefined : flags.lines },
        Date.now(),
      )) {
        await print(trace)
        if (stop.aborted) break
        // Only now: what was not printed when the server went away comes with the next look.
        seen.set(trace.id, trace.timestamp.getTime())
      }
      hasAnswered = true
      isAway = false
    } catch (error) {
      // A server that never answered is more likely the wrong one.
      if (!hasAnswered || stop.aborted || !(await isPassing(error))) throw error
      if (!isAway) await terminal.writeError(`axion: ${plainText(messageOf(error))}: waiting for it\n`)
      isAway = true
    }
    await pause(flags.interval, stop)
  }
  throw new CliError('stopped', 'Stopped')
}

async function pause(seconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(seconds * 1000, undefined, { signal })
  } catch (error) {
    // The loop sees the signal.
    if (!signal.aborted) throw error
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
