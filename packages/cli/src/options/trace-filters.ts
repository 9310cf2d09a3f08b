import type { FetchTracesOptions } from '@axion/loader'
import { type Command, Option } from 'commander'
import { CliError } from '../cli-error.js'
import { parseInstant } from './parse-instant.js'
import { parseAmount, parseCount } from './parse-number.js'

/** The flags that say what a trace must be like, as commander hands them over. */
export interface TraceConditionFlags {
  readonly tag?: readonly string[]
  readonly name?: string
  readonly session?: string
  readonly user?: string
  readonly environment?: string
}

/** The flags that say which traces are meant: what they are like, when they were, and how many. */
export interface TraceFilterFlags extends TraceConditionFlags {
  readonly days?: number
  readonly hours?: number
  /** In milliseconds since the epoch, as is `to`. */
  readonly from?: number
  readonly to?: number
  readonly limit?: number
}

/**
 * Gives a command the flags that say what a trace must be like. All conditions must hold.
 *
 * @param command - The command.
 * @returns The same command.
 */
export function addTraceConditions(command: Command): Command {
  return command
    .option('--tag <tags...>', 'tags, of which a trace must have all')
    .option('--name <name>', 'exact name of the trace')
    .option('--session <id>', 'session')
    .option('--user <id>', 'user')
    .option('--environment <name>', 'environment')
}

/**
 * Gives a command the flags that say which traces are meant. Defaults are the loader's, written there.
 *
 * @param command - The command.
 * @param defaults - What its help says of defaults.
 * @returns The same command.
 */
export function addTraceFilters(
  command: Command,
  { limit = '50', days = '7' }: { readonly limit?: string; readonly days?: string } = {},
): Command {
  return addTraceConditions(command)
    .addOption(
      new Option('--days <number>', `started at most so many days ago (default: ${days})`)
        .argParser(parseAmount)
        .conflicts(['hours', 'from', 'to']),
    )
    .addOption(
      new Option('--hours <number>', 'started at most so many hours ago')
        .argParser(parseAmount)
        .conflicts(['from', 'to']),
    )
    .option('--from <time>', 'started at or after; ISO 8601, UTC if it has no zone', parseInstant)
    .option('--to <time>', 'started before; needs --from', parseInstant)
    .option('--limit <number>', `most traces, newest first (default: ${limit})`, parseCount)
}

/**
 * Turns the flags into what the loader is asked.
 *
 * @param flags - The flags.
 * @returns The loader's options; it checks what only it can check, such as the order of dates.
 * @throws {CliError} `wrong_usage` if `--to` stands alone.
 */
export function toFetchOptions(flags: TraceFilterFlags): FetchTracesOptions {
  // Commander knows flags that exclude, but none that need each other; the loader would speak of its mode 'absolute'.
  if (flags.to !== undefined && flags.from === undefined) {
    throw new CliError('wrong_usage', 'Invalid --to: it stands alone: say with --from where the window begins')
  }
  return {
    ...toConditions(flags),
    ...(flags.days === undefined ? {} : { daysBack: flags.days }),
    ...(flags.hours === undefined ? {} : { hoursBack: flags.hours }),
    ...(flags.from === undefined ? {} : { fromTimestamp: new Date(flags.from) }),
    ...(flags.to === undefined ? {} : { toTimestamp: new Date(flags.to) }),
    ...(flags.limit === undefined ? {} : { limit: flags.limit }),
  }
}

/** The part of the loader's options that says what a trace must be like. */
export type TraceConditions = Pick<FetchTracesOptions, 'tags' | 'name' | 'sessionId' | 'userId' | 'environment'>

/**
 * Turns the flags that say what a trace must be like into what the loader is asked.
 *
 * @param flags - The flags.
 * @returns The loader's options.
 */
export function toConditions(flags: TraceConditionFlags): TraceConditions {
  return {
    ...(flags.tag === undefined ? {} : { tags: flags.tag }),
    ...(flags.name === undefined ? {} : { name: flags.name }),
    ...(flags.session === undefined ? {} : { sessionId: flags.session }),
    ...(flags.user === undefined ? {} : { userId: flags.user }),
    ...(flags.environment === undefined ? {} : { environment: flags.environment }),
  }
}
