import type { Command } from 'commander'
import { addConnection, type ConnectionFlags } from '../options/connection.js'
import { jsonLine } from '../render/json-line.js'
import { createPaint } from '../render/paint.js'
import { traceJson } from '../render/trace-json.js'
import { renderTrace } from '../render/trace-view.js'
import type { Terminal } from '../terminal.js'
import { withLoader } from './with-loader.js'

interface TracesGetFlags extends ConnectionFlags {
  readonly json?: boolean
}

const EXAMPLES = `
Examples:
  axion traces get 4bf92f3577b34da6a3ce929d0e0e4736
  axion traces get 4bf92f3577b34da6a3ce929d0e0e4736 --json | jq '.observations[].name'`

// Fewer, larger writes; small enough that a closed pipe is noticed soon.
const LINES_PER_WRITE = 200

/**
 * Adds `axion traces get <id>`.
 *
 * @param traces - The command it stands under.
 * @param terminal - Where it prints.
 */
export function tracesGet(traces: Command, terminal: Terminal): void {
  const command = traces
    .command('get')
    .description('show one trace: its observations as a tree, and its scores')
    .argument('<id>', 'id of the trace')
  addConnection(command)
    .option('--json', 'print the whole trace as one line of JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (id: string, flags: TracesGetFlags) => {
      const options = { fetchScores: true, signal: terminal.stop }
      const trace = await withLoader(flags, (loader) => loader.fetchTrace(id, options))
      if (flags.json) await terminal.writeOut(jsonLine(traceJson(trace)))
      else await writeLines(renderTrace(trace, createPaint(terminal.color), terminal.columns), terminal)
    })
}

async function writeLines(lines: Iterable<string>, terminal: Terminal): Promise<void> {
  let waiting: string[] = []
  for (const line of lines) {
    waiting.push(line)
    if (waiting.length < LINES_PER_WRITE) continue
    await terminal.writeOut(`${waiting.join('\n')}\n`)
    if (terminal.stop.aborted) return
    waiting = []
  }
  if (waiting.length > 0) await terminal.writeOut(`${waiting.join('\n')}\n`)
}
