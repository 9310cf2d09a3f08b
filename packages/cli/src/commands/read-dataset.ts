import { basename, extname } from 'node:path'
import type { DatasetItem } from '@axion/loader'
import { CliError } from '../cli-error.js'
import { untilStopped } from '../files/until-stopped.js'
import { withInput } from '../files/with-input.js'
import { formatOf } from '../options/dataset-format.js'
import { type ItemInputFlags, toReadOptions } from '../options/item-input.js'
import { STANDARD_STREAM } from '../options/parse-output.js'
import { createProgress } from '../render/progress.js'
import type { Terminal } from '../terminal.js'

/**
 * Reads the items of a file, and shows how far that is.
 *
 * @param file - The file, whose name's end says its form; {@link STANDARD_STREAM} for JSON Lines from standard input.
 * @param flags - How its columns are read.
 * @param terminal - Where progress is shown, and what stops it.
 * @param use - What to do with the items, which come as they are read.
 * @returns What `use` returns.
 * @throws {CliError} `wrong_usage` if the name says no form, `stopped`; `LoaderError` with `read_failed`, `invalid_dataset`, `invalid_options`.
 */
export function readDataset<Result>(
  file: string,
  flags: ItemInputFlags,
  terminal: Terminal,
  use: (items: AsyncIterable<DatasetItem>) => Promise<Result>,
): Promise<Result> {
  const format = formatOf(file, flags.inputFormat, '--input-format')
  return withInput(file, terminal, async (path) => {
    const { readItems } = await import('@axion/loader')
    const progress = createProgress(terminal, 'items read')
    const items = readItems(path, { ...toReadOptions(flags), format })
    try {
      return await use(untilStopped(items, terminal.stop, (count) => void progress.update(count)))
    } finally {
      await progress.end()
    }
  })
}

/**
 * Reads all items of a file; see {@link readDataset}.
 *
 * @param file - The file.
 * @param flags - How its columns are read.
 * @param terminal - Where progress is shown, and what stops it.
 * @returns The items.
 * @throws {CliError} As {@link readDataset}.
 */
export function readAllItems(file: string, flags: ItemInputFlags, terminal: Terminal): Promise<readonly DatasetItem[]> {
  return readDataset(file, flags, terminal, async (items) => {
    const all: DatasetItem[] = []
    for await (const item of items) all.push(item)
    return all
  })
}

/**
 * Names a dataset after its file.
 *
 * @param file - The file.
 * @returns Its name without directory and end.
 * @throws {CliError} `wrong_usage` for standard input, which has no name.
 */
export function datasetNameOf(file: string): string {
  if (file !== STANDARD_STREAM) return basename(file, extname(file))
  throw new CliError('wrong_usage', 'Invalid file name: standard input has none: name the dataset (--name)')
}
