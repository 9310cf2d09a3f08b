import type { PushedDataset } from '@axion/loader'
import type { Command } from 'commander'
import { CliError } from '../cli-error.js'
import { addConnection, type ConnectionFlags, toLoaderOptions } from '../options/connection.js'
import { addItemInput, type ItemInputFlags } from '../options/item-input.js'
import { jsonLine } from '../render/json-line.js'
import { plainText } from '../render/plain-text.js'
import type { Terminal } from '../terminal.js'
import { readDataset } from './read-dataset.js'
import { withLoader } from './with-loader.js'

interface DatasetPushFlags extends ItemInputFlags, ConnectionFlags {
  readonly name?: string
  readonly description?: string
  readonly json?: boolean
}

const EXAMPLES = `
Items go by their ids: pushing again changes what changed and adds nothing twice.

Examples:
  axion dataset push eval.jsonl
  axion dataset push eval.csv --name support/eval --column question=query`

/**
 * Adds `axion dataset push`.
 *
 * @param dataset - The command it stands under.
 * @param terminal - Where it prints, and what stops it.
 */
export function datasetPush(dataset: Command, terminal: Terminal): void {
  const command = dataset
    .command('push')
    .description('push the items of a file to a dataset at Langfuse, which is made if there is none')
    .argument('<file>', 'dataset to read: .jsonl, .json, .csv or .parquet')
    .option('--name <name>', "the dataset's name there; slashes make folders (default: the file's)")
    .option('--description <text>', 'what it is for')
  addConnection(addItemInput(command))
    .option('--json', 'print one JSON object with name, uploaded and failed')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, flags: DatasetPushFlags) => {
      const { name, uploaded, failed } = await push(file, flags, terminal)
      for (const { id, reason } of failed)
        await terminal.writeError(`axion: item ${plainText(id)}: ${plainText(reason)}\n`)
      const text = `dataset: ${uploaded} items -> ${plainText(name)}\n`
      await terminal.writeOut(flags.json ? jsonLine({ name, uploaded, failed }) : text)
      if (failed.length > 0) {
        throw new CliError('send_refused', `Cannot push all of ${file}: ${failed.length} items were refused, see above`)
      }
    })
}

// With a loader, although none is used: it says what is wrong with the connection in the words of the command line.
function push(file: string, flags: DatasetPushFlags, terminal: Terminal): Promise<PushedDataset> {
  return withLoader(flags, async () => {
    const dataset = await readDataset(file, flags, flags.name)
    return dataset.pushToLangfuse({
      ...toLoaderOptions(flags),
      ...(flags.description === undefined ? {} : { description: flags.description }),
      signal: terminal.stop,
    })
  })
}
