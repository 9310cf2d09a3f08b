import { basename, extname } from 'node:path'
import type { Command } from 'commander'
import { addConnection, type ConnectionFlags } from '../options/connection.js'
import { parseOutput } from '../options/parse-output.js'
import { addTraceFilters, type TraceFilterFlags, toFetchOptions } from '../options/trace-filters.js'
import { jsonLine } from '../render/json-line.js'
import { plainText } from '../render/plain-text.js'
import type { Terminal } from '../terminal.js'
import { withLoader } from './with-loader.js'

interface DatasetBuildFlags extends TraceFilterFlags, ConnectionFlags {
  readonly output: string
  readonly json?: boolean
}

const EXAMPLES = `
The file appears whole or not at all; one that exists is replaced and keeps its mode.
A link stays one; a pipe or device (/dev/stdout) is written to.

Examples:
  axion dataset build --output eval.jsonl --tag production --days 30 --limit 500
  axion dataset build --output out/rag.jsonl --name rag-query --json`

/**
 * Adds `axion dataset build`.
 *
 * @param dataset - The command it stands under.
 * @param terminal - Where it prints.
 */
export function datasetBuild(dataset: Command, terminal: Terminal): void {
  const command = dataset
    .command('build')
    .description('turn traces into an evaluation dataset: one item a trace, one line of JSON an item')
    .requiredOption('--output <file>', 'JSON Lines file to write', parseOutput)
  addConnection(addTraceFilters(command))
    .option('--json', 'print one JSON object with items and path')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: DatasetBuildFlags) => {
      const { items, path } = await withLoader(flags, async (loader) => {
        const traces = await loader.fetchTraces({ ...toFetchOptions(flags), signal: terminal.stop })
        return traces.toDataset({ name: basename(flags.output, extname(flags.output)) }).toJsonl(flags.output)
      })
      await terminal.writeOut(
        flags.json ? jsonLine({ items, path }) : `dataset: ${items} items -> ${plainText(path)}\n`,
      )
    })
}
