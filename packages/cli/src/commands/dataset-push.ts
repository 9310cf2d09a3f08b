import { isDeepStrictEqual } from 'node:util'
import type { DatasetItem, LoaderError, NotDone } from '@axion/loader'
import type { Command } from 'commander'
import { CliError } from '../cli-error.js'
import { addConnection, type ConnectionFlags, toLoaderOptions } from '../options/connection.js'
import { addItemInput, type ItemInputFlags } from '../options/item-input.js'
import { parseDatasetName } from '../options/parse-dataset-name.js'
import { parseInput } from '../options/parse-input.js'
import { counted } from '../render/counted.js'
import { jsonLine } from '../render/json-line.js'
import { plainText } from '../render/plain-text.js'
import { createProgress } from '../render/progress.js'
import type { Terminal } from '../terminal.js'
import { datasetNameOf, readAllItems } from './read-dataset.js'
import { withLoader } from './with-loader.js'

interface DatasetPushFlags extends ItemInputFlags, ConnectionFlags {
  readonly name?: string
  readonly description?: string
  readonly json?: boolean
}

const EXAMPLES = `
Items go by their ids. Those that the dataset has already, just so, are not
sent: a push that was ended goes on when it is called again, and pushing again
changes what changed and adds nothing twice.

Examples:
  axion dataset push eval.jsonl
  axion dataset sample eval.jsonl --count 20 --output - | axion dataset push - --name small
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
    .argument('<file>', 'dataset to read: .jsonl, .json, .csv or .parquet; - is standard input', parseInput)
    .option('--name <name>', "the dataset's name there; slashes make folders (default: the file's)", parseDatasetName)
    .option('--description <text>', 'what it is for')
  addConnection(addItemInput(command))
    .option('--json', 'print one JSON object with name, uploaded, unchanged and failed')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, flags: DatasetPushFlags) => {
      const { name, uploaded, unchanged, failed } = await push(file, flags, terminal)
      for (const { id, reason } of failed)
        await terminal.writeError(`axion: item ${plainText(id)}: ${plainText(reason)}\n`)
      const text = `dataset: ${counted(uploaded, 'item')} -> ${plainText(name)} (${unchanged} already there)\n`
      await terminal.writeOut(flags.json ? jsonLine({ name, uploaded, unchanged, failed }) : text)
      if (failed.length > 0) {
        throw new CliError(
          'send_refused',
          `Cannot push all of ${file}: the server refused ${counted(failed.length, 'item')}, see above`,
        )
      }
    })
}

interface Pushed {
  readonly name: string
  readonly uploaded: number
  /** How many the dataset had, just so. */
  readonly unchanged: number
  readonly failed: readonly NotDone[]
}

// Between two of them progress is shown; each begins with a request that says what the dataset is.
const ITEMS_PER_PART = 100

// With a loader, although none is used: it says what is wrong with the connection in the words of the command line.
function push(file: string, flags: DatasetPushFlags, terminal: Terminal): Promise<Pushed> {
  const name = flags.name ?? datasetNameOf(file)
  return withLoader(flags, async () => {
    const { Dataset } = await import('@axion/loader')
    const all = await readAllItems(file, flags, terminal)
    const there = await itemsAt(name, flags, terminal.stop)
    // As a dataset, in which every item has an id of its own, as it has there.
    const items = new Dataset(all, { name }).items.filter((item) => !isDeepStrictEqual(item, there.get(item.id)))
    const progress = createProgress(terminal, 'items pushed')
    const failed: NotDone[] = []
    const description = flags.description === undefined ? {} : { description: flags.description }
    const options = { ...toLoaderOptions(flags), ...description, signal: terminal.stop }
    try {
      // Once also for no items: an empty dataset is one.
      for (let from = 0; from === 0 || from < items.length; from += ITEMS_PER_PART) {
        const part = new Dataset(items.slice(from, from + ITEMS_PER_PART), { name })
        failed.push(...(await part.pushToLangfuse(options)).failed)
        await progress.update(from + part.length, items.length)
      }
    } finally {
      await progress.end()
    }
    return { name, uploaded: items.length - failed.length, unchanged: all.length - items.length, failed }
  })
}

/** What a dataset holds, by id; nothing if there is none. */
async function itemsAt(
  name: string,
  flags: ConnectionFlags,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, DatasetItem>> {
  const { Dataset, LoaderError } = await import('@axion/loader')
  try {
    const { items } = await Dataset.fromLangfuse({ ...toLoaderOptions(flags), name, signal })
    return new Map(items.map((item) => [item.id, item]))
  } catch (error) {
    if (isMissing(error, LoaderError)) return new Map()
    throw error
  }
}

function isMissing(error: unknown, Failure: typeof LoaderError): boolean {
  // `invalid_dataset`: somebody put items there that are none of ours; those of ours replace their own.
  return error instanceof Failure && (error.code === 'not_found' || error.code === 'invalid_dataset')
}
