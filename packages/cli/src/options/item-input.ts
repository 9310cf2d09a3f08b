import type { FromRecordsOptions } from '@axion/loader'
import { type Command, InvalidArgumentError } from 'commander'

/** The flags that say how columns of a file become fields of items. */
export interface ItemInputFlags {
  readonly column?: Readonly<Record<string, string>>
  readonly ignoreExtra?: boolean
}

/**
 * Gives a command the flags that say how a dataset is read.
 *
 * @param command - The command.
 * @returns The same command.
 */
export function addItemInput(command: Command): Command {
  return command
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
