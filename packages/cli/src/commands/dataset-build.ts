import { basename, extname } from 'node:path'
import type { DatasetFormat, FetchProgress } from '@axion/loader'
import type { Command } from 'commander'
import { writeOutput } from '../files/write-output.js'
import { addConnection, type ConnectionFlags } from '../options/connection.js'
import { addFormat, formatOf } from '../options/dataset-format.js'
import { parseOutput } from '../options/parse-output.js'
import { addTraceFilters, type TraceFilterFlags, toFetchOptions } from '../options/trace-filters.js'
import { createProgress } from '../render/progress.js'
import type { Terminal } from '../terminal.js'
import { printWritten } from './print-written.js'
import { withLoader } from './with-loader.js'

interface DatasetBuildFlags extends TraceFilterFlags, ConnectionFlags {
  readonly output: string
  readonly format?: DatasetFormat
  readonly json?: boolean
}

const EXAMPLES = `
The file appears whole or not at all; one that exists is replaced and keeps its
mode. A link stays one; a pipe or device is written to.

Examples:
  axion dataset build --output eval.jsonl --tag production --days 30 --limit 500
  axion dataset build --output out/rag.parquet --name rag-query --json`

/**
 * Adds `axion dataset build`.
 *
 * @param dataset - The command it stands under.
 * @param terminal - Where it prints.
 */
export function datasetBuild(dataset: Command, terminal: Terminal): void {
  const command = dataset
    .command('build')
    .description('turn traces into an evaluation dataset: one item a trace')
    .requiredOption(
      '--output <file>',
      'file to write: .jsonl, .json, .csv or .parquet; - is standard output',
      parseOutput,
    )
  addConnection(addTraceFilters(addFormat(command)))
    .option('--json', 'print one JSON object with items and path')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: DatasetBuildFlags) => {
      const format = formatOf(flags.output, flags.format)
      const progress = createProgress(terminal, 'traces read')
      const onProgress = ({ traces: done }: FetchProgress): void => void progress.update(done)
      try {
        const written = await withLoader(flags, async (loader) => {
          const { writeItems } = await import('@axion/loader')
          const traces = await loader.fetchTraces({ ...toFetchOptions(flags), onProgress, signal: terminal.stop })
          const { items } = traces.toDataset({ name: basename(flags.output, extname(flags.output)) })
          return writeOutput(flags.output, terminal, (path) => writeItems(path, items, { format }))
        })
        await progress.end()
        await printWritten(['dataset', 'item'], written, flags, terminal)
      } finally {
        await progress.end()
      }
    })
}
