import type { LangfuseTraceLoader } from '@axion/loader'
import type { Command } from 'commander'
import { addConnection, type ConnectionFlags } from '../options/connection.js'
import { addTraceFilters, type TraceFilterFlags, toFetchOptions } from '../options/trace-filters.js'
import { jsonLine } from '../render/json-line.js'
import { createPaint } from '../render/paint.js'
import { traceSummaryJson } from '../render/trace-json.js'
import { renderTraceTable } from '../render/trace-table.js'
import type { Terminal } from '../terminal.js'
import { withLoader } from './with-loader.js'

interface TracesListFlags extends TraceFilterFlags, ConnectionFlags {
  readonly json?: boolean
}

const EXAMPLES = `
Examples:
  axion traces list --tag production --hours 24
  axion traces list --name rag-query --from 2026-11-01 --to 2026-11-08
  axion traces list --json | jq 'select(.level == "ERROR") | .id'`

/** Said when nothing fits: an empty table leaves one wondering. */
const NOTHING_FITS =
  'No traces fit. Widen the window (--days 30), drop a filter, or check that LANGFUSE_BASE_URL and the keys name the right project.\n'

/**
 * Adds `axion traces list`.
 *
 * @param traces - The command it stands under.
 * @param terminal - Where it prints.
 */
export function tracesList(traces: Command, terminal: Terminal): void {
  const command = traces.command('list').description('list traces, newest first')
  addConnection(addTraceFilters(command))
    .option('--json', 'print one JSON object a line')
    .addHelpText('after', EXAMPLES)
    .action((flags: TracesListFlags) =>
      withLoader(flags, (loader) =>
        flags.json ? printLines(loader, flags, terminal) : printTable(loader, flags, terminal),
      ),
    )
}

async function printTable(loader: LangfuseTraceLoader, flags: TracesListFlags, terminal: Terminal): Promise<void> {
  const traces = await loader.fetchTraces({ ...toFetchOptions(flags), signal: terminal.stop })
  const lines = renderTraceTable(traces.toArray(), createPaint(terminal.color), terminal.columns)
  if (traces.length === 0) await terminal.writeError(NOTHING_FITS)
  else await terminal.writeOut(`${lines.join('\n')}\n`)
}

// Line by line as they come: the list may be long, and whoever reads it may want only its head.
async function printLines(loader: LangfuseTraceLoader, flags: TracesListFlags, terminal: Terminal): Promise<void> {
  for await (const trace of loader.streamTraces({ ...toFetchOptions(flags), signal: terminal.stop })) {
    await terminal.writeOut(jsonLine(traceSummaryJson(trace)))
  }
}
