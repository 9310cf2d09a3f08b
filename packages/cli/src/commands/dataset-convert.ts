import type { DatasetFormat } from '@axion/loader'
import type { Command } from 'commander'
import { writeOutput } from '../files/write-output.js'
import { addFormat, formatOf } from '../options/dataset-format.js'
import { addItemInput, type ItemInputFlags } from '../options/item-input.js'
import { parseInput } from '../options/parse-input.js'
import { parseOutput } from '../options/parse-output.js'
import type { Terminal } from '../terminal.js'
import { printWritten } from './print-written.js'
import { readDataset } from './read-dataset.js'
import { asCliError } from './with-loader.js'

interface DatasetConvertFlags extends ItemInputFlags {
  readonly output: string
  readonly format?: DatasetFormat
  readonly json?: boolean
}

const EXAMPLES = `
Examples:
  axion dataset convert eval.jsonl --output eval.parquet
  axion dataset convert questions.csv --output eval.jsonl --column question=query --column gold=expectedOutput
  cat questions.csv | axion dataset convert - --input-format csv --column question=query --column gold=expectedOutput --output -`

/**
 * Adds `axion dataset convert`.
 *
 * @param dataset - The command it stands under.
 * @param terminal - Where it prints.
 */
export function datasetConvert(dataset: Command, terminal: Terminal): void {
  const command = dataset
    .command('convert')
    .description('write a dataset in another form: .jsonl, .json, .csv, .parquet')
    .argument('<file>', 'dataset to read; - is standard input', parseInput)
    .requiredOption('--output <file>', 'file to write; - is standard output', parseOutput)
  addItemInput(addFormat(command))
    .option('--json', 'print one JSON object with items and path')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, flags: DatasetConvertFlags) => {
      const format = formatOf(flags.output, flags.format)
      const written = await asCliError(async () => {
        const { writeItems } = await import('@axion/loader')
        return writeOutput(flags.output, terminal, (path) =>
          readDataset(file, flags, terminal, (items) => writeItems(path, items, { format })),
        )
      })
      await printWritten(['dataset', 'item'], written, flags, terminal)
    })
}
