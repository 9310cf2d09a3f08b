import type { Command } from 'commander'
import { CliError } from '../cli-error.js'
import type { ToldStory } from '../demo/story-spans.js'
import { addConnection, type ConnectionFlags, toConnection } from '../options/connection.js'
import { parseInstant } from '../options/parse-instant.js'
import { parseAmount, parseCount } from '../options/parse-number.js'
import { counted } from '../render/counted.js'
import { jsonLine } from '../render/json-line.js'
import { createProgress } from '../render/progress.js'
import type { Terminal } from '../terminal.js'

interface DemoFlags extends ConnectionFlags {
  readonly traces: number
  readonly seed: string
  readonly days: number
  readonly until?: number
  readonly json?: boolean
}

const EXAMPLES = `
The traces are those of five programs: questions answered from documents, an
agent with tools, chats of several turns, a classifier, an indexing job; with
failures, retries, streamed answers, tokens, costs and scores. The same seed
gives the same ids and contents.

Examples:
  axion demo
  axion demo --traces 1000 --days 14 --seed load
  axion demo --until 2026-11-20T12:00:00Z --json`

// Large enough for few requests, small enough for any server's limit.
const SPANS_PER_REQUEST = 400

/**
 * Sets up `axion demo`.
 *
 * @param command - The command.
 * @param terminal - Where it prints, and what stops it.
 */
export function demo(command: Command, terminal: Terminal): void {
  command
    .option('--traces <number>', 'how many traces', parseCount, 100)
    .option('--seed <text>', 'which ones', 'axion')
    .option('--days <number>', 'over how many days they are spread', parseAmount, 3)
    .option('--until <time>', 'the last of those days; ISO 8601, UTC if it has no zone (default: now)', parseInstant)
  addConnection(command)
    .option('--json', 'print one JSON object with traces, spans, scores and baseUrl')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: DemoFlags) => {
      const { baseUrl, ...counts } = await fill(flags, terminal)
      const { traces, spans, scores } = counts
      const text = `demo: ${counted(traces, 'trace')}, ${counted(spans, 'span')}, ${counted(scores, 'score')} -> ${baseUrl}\n`
      await terminal.writeOut(flags.json ? jsonLine({ ...counts, baseUrl }) : text)
    })
}

interface Filled {
  readonly traces: number
  readonly spans: number
  readonly scores: number
  readonly baseUrl: string
}

async function fill(flags: DemoFlags, terminal: Terminal): Promise<Filled> {
  const connection = toConnection(flags)
  const untilMillis = readEnd(flags)
  const { createLangfuseClient } = await import('../send/langfuse-client.js')
  const { postSpans } = await import('../send/post-spans.js')
  const { postScores, SCORES_PER_REQUEST } = await import('../send/post-scores.js')
  const { tellStories } = await import('../demo/tell-stories.js')
  const delivery = { client: createLangfuseClient(connection), signal: terminal.stop }
  const progress = createProgress(terminal, 'traces sent')
  const sent = { traces: 0, spans: 0, scores: 0 }
  const send = async (waiting: readonly ToldStory[]): Promise<void> => {
    const spans = waiting.flatMap((story) => story.spans)
    const scores = waiting.flatMap((story) => story.scores)
    const posted = await postSpans(spans, delivery)
    if (posted.kind === 'partly') throw new CliError('send_refused', `Cannot send spans: ${posted.reason}`)
    for (let from = 0; from < scores.length; from += SCORES_PER_REQUEST) {
      await postScores(scores.slice(from, from + SCORES_PER_REQUEST), delivery)
    }
    sent.traces += waiting.length
    sent.spans += spans.length
    sent.scores += scores.length
    await progress.update(sent.traces, flags.traces)
  }
  try {
    let waiting: ToldStory[] = []
    let spans = 0
    for (const story of tellStories({ ...flags, untilMillis })) {
      waiting.push(story)
      spans += story.spans.length
      if (spans < SPANS_PER_REQUEST) continue
      await send(waiting)
      waiting = []
      spans = 0
    }
    await send(waiting)
  } finally {
    await progress.end()
  }
  return { ...sent, baseUrl: connection.baseUrl }
}

const MILLIS_PER_DAY = 86_400_000

// OTLP counts time from the epoch on; the last trace of a chat begins somewhat later than the first.
function readEnd({ days, until = Date.now() }: DemoFlags): number {
  if (until - (days + 1) * MILLIS_PER_DAY >= 0) return until
  throw new CliError('wrong_usage', `Invalid --days: ${days} days before the last one is before 1970: expected fewer`)
}
