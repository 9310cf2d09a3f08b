import type { DatasetFormat, FetchTracesOptions, LangfuseTraceLoader, WrittenFile } from '@axion/loader'
import type { Command } from 'commander'
import { CliError } from '../cli-error.js'
import { addConnection, type ConnectionFlags } from '../options/connection.js'
import { addFormat, formatOf } from '../options/dataset-format.js'
import { parseOutput } from '../options/parse-output.js'
import { addTraceFilters, type TraceFilterFlags, toFetchOptions } from '../options/trace-filters.js'
import { jsonLine } from '../render/json-line.js'
import { plainText } from '../render/plain-text.js'
import { createProgress } from '../render/progress.js'
import type { Terminal } from '../terminal.js'
import { withLoader } from './with-loader.js'

interface TracesExportFlags extends TraceFilterFlags, ConnectionFlags {
  readonly output: string
  readonly format?: DatasetFormat
  readonly scores?: boolean
  readonly checkpoint?: string
  readonly json?: boolean
}

const EXAMPLES = `
JSON Lines hold whole traces, all that came over the wire. CSV, Parquet and JSON hold a row a trace, in the columns of datasets: what was
asked, what was answered, what was found, tools, ids, latency. The file appears whole or not at all.
With --checkpoint an export that was ended goes on when it is called again, and holds each trace once.

Examples:
  axion traces export --output traces.jsonl --days 30
  axion traces export --output all.jsonl --days 365 --checkpoint all.checkpoint
  axion traces export --output traces.parquet --tag production`

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
    .requiredOption('--output <file>', 'file to write', parseOutput)
  addConnection(addTraceFilters(addFormat(command), 'most traces, newest first (default: all)'))
    .option('--scores', 'read the scores too (JSON Lines)')
    .option('--checkpoint <file>', 'where to keep how far it got (JSON Lines)', parseOutput)
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
        const written = await withLoader(flags, (loader) => write(loader, options, flags))
        await progress.end()
        const { items, path } = written
        const text = `traces: ${items} traces -> ${plainText(path)}\n`
        await terminal.writeOut(flags.json ? jsonLine({ traces: items, path }) : text)
      } finally {
        await progress.end()
      }
    })
}

async function write(
  loader: LangfuseTraceLoader,
  options: FetchTracesOptions,
  flags: TracesExportFlags,
): Promise<WrittenFile> {
  const { output, checkpoint, scores } = flags
  const format = formatOf(output, flags.format)
  if (format === 'jsonl') {
    return loader.exportTraces({ ...options, to: output, ...(checkpoint === undefined ? {} : { checkpoint }) })
  }
  const flag = checkpoint === undefined ? (scores ? '--scores' : undefined) : '--checkpoint'
  if (flag !== undefined) throw new CliError('wrong_usage', `Invalid ${flag}: only JSON Lines have it, not ${format}`)
  const { itemsFromTraces, writeItems } = await import('@axion/loader')
  return writeItems(output, itemsFromTraces(loader.streamTraces(options)), { format })
}
