import { extname } from 'node:path'
import type { DatasetFormat } from '@axion/loader'
import { type Command, Option } from 'commander'
import { CliError } from '../cli-error.js'

/** The forms of files that hold datasets. */
export const FORMATS: readonly DatasetFormat[] = ['jsonl', 'json', 'csv', 'parquet']
const EXTENSIONS: Readonly<Record<string, DatasetFormat>> = {
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.json': 'json',
  '.csv': 'csv',
  '.parquet': 'parquet',
}

/**
 * Gives a command the flag that says the form of a file.
 *
 * @param command - The command.
 * @returns The same command.
 */
export function addFormat(command: Command): Command {
  const text = "form of the file (default: by its name's end; jsonl where that says nothing)"
  return command.addOption(new Option('--format <form>', text).choices(FORMATS))
}

/**
 * Tells the form of a file.
 *
 * @param path - The file.
 * @param flag - What the flag says that goes before the name.
 * @param flagName - That flag. @default '--format'
 * @returns The form; JSON Lines for a name without an extension, as pipes and devices have.
 * @throws {CliError} `wrong_usage` if the name ends in something else.
 */
export function formatOf(path: string, flag: DatasetFormat | undefined, flagName = '--format'): DatasetFormat {
  if (flag !== undefined) return flag
  const extension = extname(path).toLowerCase()
  if (extension === '') return 'jsonl'
  const format = Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : undefined
  if (format !== undefined) return format
  const message = `Invalid file name: it ends in '${extension}': expected .${FORMATS.join(', .')}, or ${flagName}`
  throw new CliError('wrong_usage', message)
}
