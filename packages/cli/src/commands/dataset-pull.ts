import type { DatasetFormat } from '@axion/loader'
import type { Command } from 'commander'
import { writeOutput } from '../files/write-output.js'
import { addConnection, type ConnectionFlags, toLoaderOptions } from '../options/connection.js'
import { addFormat, formatOf } from '../options/dataset-format.js'
import { parseDatasetName } from '../options/parse-dataset-name.js'
import { parseOutput } from '../options/parse-output.js'
import type { Terminal } from '../terminal.js'
import { printWritten } from './print-written.js'
import { withLoader } from './with-loader.js'

interface DatasetPullFlags extends ConnectionFlags {
  readonly output: string
  readonly format?: DatasetFormat
  readonly json?: boolean
}

const EXAMPLES = `
Examples:
  axion dataset pull support/eval --output eval.jsonl
  axion dataset pull eval --output - | jq -r .query`

/**
 * Adds `axion dataset pull`.
 *
 * @param dataset - The command it stands under.
 * @param terminal - Where it prints, and what stops it.
 */
export function datasetPull(dataset: Command, terminal: Terminal): void {
  const command = dataset
    .command('pull')
    .description('write a dataset of Langfuse to a file')
    .argument('<name>', 'name of the dataset', parseDatasetName)
    .requiredOption('--output <file>', 'file to write; - is standard output', parseOutput)
  addConnection(addFormat(command))
    .option('--json', 'print one JSON object with items and path')
    .addHelpText('after', EXAMPLES)
    .action(async (name: string, flags: DatasetPullFlags) => {
      const format = formatOf(flags.output, flags.format)
      const written = await withLoader(flags, async () => {
        const { Dataset, writeItems } = await import('@axion/loader')
        const dataset = await Dataset.fromLangfuse({ ...toLoaderOptions(flags), name, signal: terminal.stop })
        return writeOutput(flags.output, terminal, (path) => writeItems(path, dataset.items, { format }))
      })
      await printWritten(['dataset', 'item'], written, flags, terminal)
    })
}
