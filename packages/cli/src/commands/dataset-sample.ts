import type { DatasetFormat } from '@axion/loader'
import type { Command } from 'commander'
import { writeOutput } from '../files/write-output.js'
import { addFormat, formatOf } from '../options/dataset-format.js'
import { addItemInput, type ItemInputFlags } from '../options/item-input.js'
import { parseInput } from '../options/parse-input.js'
import { parseCount } from '../options/parse-number.js'
import { parseOutput } from '../options/parse-output.js'
import type { Terminal } from '../terminal.js'
import { printWritten } from './print-written.js'
import { readAllItems } from './read-dataset.js'
import { asCliError } from './with-loader.js'

interface DatasetSampleFlags extends ItemInputFlags {
  readonly output: string
  readonly count: number
  readonly seed: string
  readonly format?: DatasetFormat
  readonly json?: boolean
}

const EXAMPLES = `
The same seed draws the same items in every run; an item that is added moves no
other.

Examples:
  axion dataset sample eval.jsonl --count 20 --output small.jsonl
  axion dataset sample eval.parquet --count 20 --seed review --output - --format jsonl`

/**
 * Adds `axion dataset sample`.
 *
 * @param dataset - The command it stands under.
 * @param terminal - Where it prints.
 */
export function datasetSample(dataset: Command, terminal: Terminal): void {
  const command = dataset
    .command('sample')
    .description('draw some items of a dataset at random')
    .argument('<file>', 'dataset to read; - is standard input', parseInput)
    .requiredOption('--count <number>', 'how many items; all if there are fewer', parseCount)
    .requiredOption('--output <file>', 'file to write; - is standard output', parseOutput)
    .option('--seed <text>', 'which draw', '0')
  addItemInput(addFormat(command))
    .option('--json', 'print one JSON object with items and path')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, flags: DatasetSampleFlags) => {
      const format = formatOf(flags.output, flags.format)
      const written = await asCliError(async () => {
        const { Dataset, writeItems } = await import('@axion/loader')
        const all = await readAllItems(file, flags, terminal)
        const drawn = new Dataset(all, { name: 'sample' }).sample(flags.count, { seed: flags.seed })
        return writeOutput(flags.output, terminal, (path) => writeItems(path, drawn.items, { format }))
      })
      await printWritten(['dataset', 'item'], written, flags, terminal)
    })
}
