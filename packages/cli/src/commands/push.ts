import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'
import type { FetchTracesOptions, LangfuseTraceLoader, Trace } from '@axion/loader'
import type { Command } from 'commander'
import { CliError } from '../cli-error.js'
import { addConnection, type Connection, type ConnectionFlags, toConnection } from '../options/connection.js'
import { parsePath } from '../options/parse-path.js'
import { addTraceFilters, type TraceFilterFlags, toFetchOptions } from '../options/trace-filters.js'
import type { PushSource, SourceFlags } from '../push/open-source.js'
import type { PushCounts } from '../push/push-traces.js'
import { jsonLine } from '../render/json-line.js'
import { plainText } from '../render/plain-text.js'
import { createProgress } from '../render/progress.js'
import type { Terminal } from '../terminal.js'
import { asCliError, withLoader } from './with-loader.js'

interface PushFlags extends TraceFilterFlags, ConnectionFlags, SourceFlags {
  readonly journal?: string
  readonly json?: boolean
}

const EXAMPLES = `
Pushes traces with their scores from the local store to the project that the environment or --base-url names. Ids stay. The journal, beside
the data, says what was pushed: a push that was ended goes on when it is called again, and no span is sent twice. A server may run on the
data meanwhile; what is pushed is what is there at the start.

Examples:
  axion push --base-url https://cloud.langfuse.com
  axion push --tag keep --days 2
  axion push --source-url http://127.0.0.1:4800 --json`

const MAX_SHOWN_REFUSALS = 20

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
    .option('--source-secret-key <key>')
    .option('--journal <file>', 'what was pushed already (default: in the data directory)', parsePath)
  addConnection(addTraceFilters(command, 'most traces, newest first (default: all)'))
    .option('--json', 'print one JSON object with pushed, skipped, spans, scores, refused and baseUrl')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: PushFlags) => {
      const target = toConnection(flags)
      const counts = await run(flags, target, terminal)
      await report(counts, target, flags, terminal)
    })
}

async function run(flags: PushFlags, target: Connection, terminal: Terminal): Promise<PushCounts> {
  const { openSource } = await import('../push/open-source.js')
  const { openJournal } = await import('../push/journal.js')
  const source = await openSource(flags)
  try {
    if (source.connection.baseUrl === target.baseUrl && source.connection.publicKey === target.publicKey) {
      throw new CliError('wrong_usage', 'Invalid --base-url: it is the source itself: name the project to push to')
    }
    const journal = openJournal(flags.journal ?? journalPath(flags.dataDir, target), projectOf(target))
    const progress = createProgress(terminal, 'traces pushed')
    try {
      return await withLoader(source.connection, async (reader) => {
        const selection = await select(source, reader, flags, terminal.stop)
        return withLoader(target, async (loader) => {
          const { createLangfuseClient } = await import('../send/langfuse-client.js')
          const { pushTraces } = await import('../push/push-traces.js')
          const destination = { client: createLangfuseClient(target), loader, journal, signal: terminal.stop }
          return pushTraces(selection.traces(), destination, ({ pushed, skipped }) =>
            progress.update(pushed + skipped, selection.total),
          )
        })
      })
    } finally {
      await progress.end()
      journal.close()
    }
  } finally {
    await source.close()
  }
}

/** What is to be pushed. */
interface Selection {
  readonly total: number
  traces(): AsyncGenerator<Trace>
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
    traces: async function* () {
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

async function report(
  counts: PushCounts,
  { baseUrl }: Connection,
  flags: PushFlags,
  terminal: Terminal,
): Promise<void> {
  const { pushed, skipped, spans, scores, refused } = counts
  const text = `push: ${pushed} traces, ${spans} spans, ${scores} scores -> ${baseUrl} (${skipped} were there)\n`
  await terminal.writeOut(flags.json ? jsonLine({ ...counts, baseUrl }) : text)
  if (refused.length === 0) return
  for (const { traceId, reason } of refused.slice(0, MAX_SHOWN_REFUSALS)) {
    await terminal.writeError(`axion: trace ${plainText(traceId)}: ${plainText(reason)}\n`)
  }
  const message = `Cannot push all: of ${refused.length} traces something was refused; the next push tries it again`
  throw new CliError('send_refused', message)
}
