import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'
import type { FetchTracesOptions, LangfuseTraceLoader, Trace } from '@axion/loader'
import { type Command, Option } from 'commander'
import { CliError } from '../cli-error.js'
import { addConnection, type Connection, type ConnectionFlags, toConnection } from '../options/connection.js'
import { parsePath } from '../options/parse-path.js'
import { addTraceFilters, type TraceFilterFlags, toFetchOptions } from '../options/trace-filters.js'
import type { PushSource, SourceFlags } from '../push/open-source.js'
import { choosePushParts, type PartFlags, PUSH_PARTS } from '../push/push-part.js'
import type { ProjectPush } from '../push/push-project.js'
import type { PushTally } from '../push/push-tally.js'
import { readKeptKeys } from '../push/read-kept-keys.js'
import { createProgress } from '../render/progress.js'
import type { Terminal } from '../terminal.js'
import { printPushed } from './print-pushed.js'
import { asCliError, withLoader } from './with-loader.js'

interface PushFlags extends TraceFilterFlags, ConnectionFlags, SourceFlags, PartFlags {
  readonly journal?: string
  readonly dryRun?: boolean
  readonly json?: boolean
}

const EXAMPLES = `
Pushes the local store to the project that the environment or --base-url names:
score configs, prompts, traces with their scores, the files they name (media),
datasets with their items, comments. Ids stay, but for those of score configs,
prompts and comments, which Langfuse gives. A push that was ended goes on when
it is called again, and nothing is there twice: the journal, beside the data,
says which traces were pushed, and the project is asked for the rest. Filters
pick traces; then only what belongs to them goes with them, unless --only names
more. A server may run on the data meanwhile.

Examples:
  axion push --base-url https://cloud.langfuse.com
  axion push --dry-run
  axion push --tag keep --days 2
  axion push --only prompts datasets
  axion push --source-url http://127.0.0.1:4800 --json`

/**
 * Sets up `axion push`.
 *
 * @param command - The command.
 * @param terminal - Where it prints, and what stops it.
 */
export function push(command: Command, terminal: Terminal): void {
  command
    .option('--data-dir <directory>', 'the local store: what axion dev was given', parsePath, '.axion')
    .option('--source-url <url>', 'a server to read from instead of the store')
    .option('--source-public-key <key>', 'its keys (default: those in the data directory)')
    .option('--source-secret-key <key>', 'the secret one of them')
    .option('--journal <file>', 'which traces were pushed already (default: in the data directory)', parsePath)
    .addOption(new Option('--only <parts...>', 'push nothing else than these').choices(PUSH_PARTS))
    .addOption(new Option('--skip <parts...>', 'push all but these').choices(PUSH_PARTS))
    .option('--dry-run', 'say what would be pushed, and write nothing')
  addConnection(addTraceFilters(command, { limit: 'all', days: 'all' }))
    .option('--json', 'print one JSON object with what was counted, refused, baseUrl and dryRun')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: PushFlags) => {
      const target = toConnection(flags)
      const tally = await run(flags, target, terminal)
      await printPushed(
        tally,
        { baseUrl: target.baseUrl, dryRun: flags.dryRun ?? false, json: flags.json ?? false },
        terminal,
      )
    })
}

async function run(flags: PushFlags, target: Connection, terminal: Terminal): Promise<PushTally> {
  const { openSource } = await import('../push/open-source.js')
  const source = await openSource(flags)
  try {
    // Keys are a project's own. A store is read from an address of its own, without those of its server.
    const kept = flags.sourceUrl === undefined ? readKeptKeys(flags.dataDir) : undefined
    if ((kept ?? source.connection).publicKey === target.publicKey) {
      throw new CliError('wrong_usage', 'Invalid --base-url: it is the source itself: name the project to push to')
    }
    return await withJournal(flags, target, (journal) =>
      withLoader(source.connection, (reader) =>
        withLoader(target, (loader) => pushFrom(source, reader, flags, { target, loader, journal, terminal })),
      ),
    )
  } finally {
    await source.close()
  }
}

async function withJournal<Result>(
  flags: PushFlags,
  target: Connection,
  use: (journal: ProjectPush['journal']) => Promise<Result>,
): Promise<Result> {
  const { openJournal, readJournal } = await import('../push/journal.js')
  const open = flags.dryRun ? readJournal : openJournal
  const journal = open(flags.journal ?? journalPath(flags.dataDir, target), projectOf(target))
  try {
    return await use(journal)
  } finally {
    journal.close()
  }
}

interface PushRun extends Pick<ProjectPush, 'loader' | 'journal'> {
  readonly target: Connection
  readonly terminal: Terminal
}

async function pushFrom(
  source: PushSource,
  reader: LangfuseTraceLoader,
  flags: PushFlags,
  { target, loader, journal, terminal }: PushRun,
): Promise<PushTally> {
  const { createLangfuseClient } = await import('../send/langfuse-client.js')
  const { pushProject } = await import('../push/push-project.js')
  const signal = terminal.stop
  const selection = await select(source, reader, flags, signal)
  return pushProject({
    source: { client: createLangfuseClient(source.connection), signal },
    destination: { client: createLangfuseClient(target), signal, isDryRun: flags.dryRun ?? false },
    loader,
    journal,
    parts: choosePushParts(flags, !selection.isAll),
    traces: selection,
    isFiltered: !selection.isAll,
    progressOf: (what) => createProgress(terminal, what),
  })
}

/** What is to be pushed. */
interface Selection {
  readonly total: number
  readonly isAll: boolean
  read(): AsyncGenerator<Trace>
}

async function select(
  source: PushSource,
  reader: LangfuseTraceLoader,
  flags: PushFlags,
  signal: AbortSignal,
): Promise<Selection> {
  const given = toFetchOptions(flags)
  const isAll = Object.keys(given).length === 0
  const window = hasWindow(flags) ? {} : { fromTimestamp: new Date(0) }
  const wanted = { ...window, limit: Number.POSITIVE_INFINITY, ...given, signal }
  const rootless = isAll ? source.rootless() : []
  const total = (await count(source, reader, wanted)) + rootless.length
  return {
    total,
    isAll,
    read: async function* () {
      yield* reader.streamTraces({ ...wanted, fetchScores: true })
      for (const id of rootless) yield await reader.fetchTrace(id, { fetchScores: true, signal })
    },
  }
}

// The first request to the source: what is wrong with it must not look as if it were wrong with the target.
async function count(source: PushSource, reader: LangfuseTraceLoader, options: FetchTracesOptions): Promise<number> {
  try {
    return await asCliError(() => reader.countTraces(options))
  } catch (cause) {
    if (!(cause instanceof CliError) || cause.code !== 'load_failed') throw cause
    const message = `Cannot read from ${source.connection.baseUrl}: ${cause.message} (the source: --source-…)`
    throw new CliError('load_failed', message, { cause })
  }
}

function hasWindow({ days, hours, from }: TraceFilterFlags): boolean {
  return days !== undefined || hours !== undefined || from !== undefined
}

function projectOf({ baseUrl, publicKey }: Connection): string {
  return `${baseUrl} ${publicKey}`
}

function journalPath(dataDir: string, target: Connection): string {
  const project = createHash('sha256').update(projectOf(target)).digest('hex').slice(0, 12)
  return join(resolve(dataDir), `push-${project}.jsonl`)
}
