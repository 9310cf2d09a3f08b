import type { DatasetFormat, FetchTracesOptions, LangfuseTraceLoader, WrittenFile } from '@axion/loader'
import type { Command } from 'commander'
import { CliError } from '../cli-error.js'
import { writeOutput } from '../files/write-output.js'
import { addConnection, type ConnectionFlags } from '../options/connection.js'
import { addFormat, formatOf } from '../options/dataset-format.js'
import { parseOutput, STANDARD_STREAM } from '../options/parse-output.js'
import { parsePath } from '../options/parse-path.js'
import { addTraceFilters, type TraceFilterFlags, toFetchOptions } from '../options/trace-filters.js'
import { createProgress } from '../render/progress.js'
import type { Terminal } from '../terminal.js'
import { printWritten } from './print-written.js'
import { withLoader } from './with-loader.js'

interface TracesExportFlags extends TraceFilterFlags, ConnectionFlags {
  readonly output: string
  readonly format?: DatasetFormat
  readonly scores?: boolean
  readonly checkpoint?: string
  readonly json?: boolean
}

const EXAMPLES = `
JSON Lines hold whole traces, all that came over the wire. CSV, Parquet and
JSON hold a row a trace, in the columns of datasets: what was asked, what was
answered, what was found, tools, ids, latency. The file appears whole or not at
all. With --checkpoint an export that was ended goes on when it is called
again, and holds each trace once.

Examples:
  axion traces export --output traces.jsonl --days 30
  axion traces export --output all.jsonl --days 365 --checkpoint all.checkpoint
  axion traces export --output traces.parquet --tag production
  axion traces export --output - --hours 1 | jq -r '.rows[0].name'`

/**
 * Adds `axion traces export`.
 *
 * @param traces - The command it stands under.
 * @param terminal - Where it prints, and what stops it.
 */
export function tracesExport(traces: Command, terminal: Terminal): void {
  const command = traces
    .command('export')
    .description('write traces to a file')
    .requiredOption('--output <file>', 'file to write; - is standard output', parseOutput)
  addConnection(addTraceFilters(addFormat(command), { limit: 'all' }))
    .option('--scores', 'read the scores too (JSON Lines)')
    .option('--checkpoint <file>', 'where to keep how far it got (JSON Lines)', parsePath)
    .option('--json', 'print one JSON object with traces and path')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: TracesExportFlags) => {
      const progress = createProgress(terminal, 'traces read')
      const options: FetchTracesOptions = {
        limit: Number.POSITIVE_INFINITY,
        ...toFetchOptions(flags),
        fetchScores: flags.scores ?? false,
        signal: terminal.stop,
        onProgress: ({ traces: done }) => void progress.update(done),
      }
      try {
        const written = await withLoader(flags, (loader) => write(loader, options, flags, terminal))
        await progress.end()
        await printWritten(['traces', 'trace'], written, flags, terminal)
      } finally {
        await progress.end()
      }
    })
}

async function write(
  loader: LangfuseTraceLoader,
  options: FetchTracesOptions,
  flags: TracesExportFlags,
  terminal: Terminal,
): Promise<WrittenFile> {
  const { output, checkpoint, scores } = flags
  const format = formatOf(output, flags.format)
  if (format === 'jsonl') {
    if (checkpoint !== undefined && output === STANDARD_STREAM)
      throw new CliError('wrong_usage', 'Invalid --checkpoint: what went to standard output cannot go on: name a file')
    const more = checkpoint === undefined ? {} : { checkpoint }
    return writeOutput(output, terminal, (to) => loader.exportTraces({ ...options, to, ...more }))
  }
  const flag = checkpoint === undefined ? (scores ? '--scores' : undefined) : '--checkpoint'
  if (flag !== undefined) throw new CliError('wrong_usage', `Invalid ${flag}: only JSON Lines have it, not ${format}`)
  const { itemsFromTraces, writeItems } = await import('@axion/loader')
  const items = itemsFromTraces(loader.streamTraces(options))
  return writeOutput(output, terminal, (path) => writeItems(path, items, { format }))
}
