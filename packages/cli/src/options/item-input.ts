import type { DatasetFormat, FromRecordsOptions } from '@axion/loader'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { FORMATS } from './dataset-format.js'

/** The flags that say how a file is read, and how its columns become fields of items. */
export interface ItemInputFlags {
  readonly column?: Readonly<Record<string, string>>
  readonly ignoreExtra?: boolean
  readonly inputFormat?: DatasetFormat
}

/**
 * Gives a command the flags that say how a dataset is read.
 *
 * @param command - The command.
 * @returns The same command.
 */
export function addItemInput(command: Command): Command {
  const form = "form of the file to read (default: by its name's end; jsonl where that says nothing)"
  return command
    .addOption(new Option('--input-format <form>', form).choices(FORMATS))
    .option('--column <column=field>', 'reads a column as a field of items; may be repeated', parseColumn)
    .option('--ignore-extra', 'leaves out columns that no field stands for, instead of refusing them')
}

/**
 * Turns the flags into options of the loader.
 *
 * @param flags - The flags.
 * @returns The options.
 */
export function toReadOptions({ column, ignoreExtra }: ItemInputFlags): FromRecordsOptions {
  return {
    ...(column === undefined ? {} : { columnMapping: column }),
    ...(ignoreExtra === undefined ? {} : { ignoreExtraKeys: ignoreExtra }),
  }
}

function parseColumn(text: string, former: Readonly<Record<string, string>> | undefined): Record<string, string> {
  // The last sign: names of columns are other people's, names of fields are ours.
  const at = text.lastIndexOf('=')
  if (at < 1 || at === text.length - 1) throw new InvalidArgumentError('Expected a column and a field: question=query.')
  return { ...former, [text.slice(0, at)]: text.slice(at + 1) }
}
