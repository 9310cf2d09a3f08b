import type { LangfuseTraceLoader, Trace } from '@axion/loader'
import type { Progress } from '../render/progress.js'
import { createPromptFinder } from './create-prompt-finder.js'
import type { Journal } from './journal.js'
import { type Comments, commentKey, pushComments, readComments } from './push-comments.js'
import { pushDatasets } from './push-datasets.js'
import { createMediaPush, type MediaPush } from './push-media.js'
import type { PushPart } from './push-part.js'
import { pushPrompts } from './push-prompts.js'
import { pushScoreConfigs } from './push-score-configs.js'
import type { PushDestination, PushSide } from './push-side.js'
import { emptyTally, type PushTally } from './push-tally.js'
import { mediaOf, pushTraces } from './push-traces.js'

/** What is pushed, where to, and how. */
export interface ProjectPush {
  readonly source: PushSide
  readonly destination: PushDestination
  /** Reads traces of the destination. */
  readonly loader: LangfuseTraceLoader
  readonly journal: Journal
  readonly parts: ReadonlySet<PushPart>
  /** The traces, complete and with their scores, and how many they are. */
  readonly traces: { readonly total: number; read(): AsyncIterable<Trace> }
  /** Whether the traces are some only, so that comments on others stay. */
  readonly isFiltered: boolean
  /** Shows how far a part is. */
  readonly progressOf: (what: string) => Progress
}

/**
 * Pushes the parts of a project in an order in which what is referred to is there first. Each part can be ended at any moment: a further
 * push finds out what is there and goes on.
 *
 * @param push - What, where to, and how.
 * @returns What was done.
 * @throws {CliError} `send_failed`, `journal_failed`, `stopped`; `LoaderError` if reading fails.
 */
export async function pushProject(push: ProjectPush): Promise<PushTally> {
  const { source, destination, parts } = push
  const tally = emptyTally()
  const pushMedia = parts.has('media') ? createMediaPush(source, destination, tally) : undefined
  if (parts.has('score-configs')) await pushScoreConfigs(source, destination, tally)
  if (parts.has('prompts')) await pushPrompts(source, destination, tally)
  const comments: Comments = parts.has('comments') ? await readComments(source) : new Map()
  const seen = new Set<string>()
  if (parts.has('traces') || parts.has('media')) await pushAllTraces(push, tally, pushMedia, comments, seen)
  if (parts.has('datasets')) {
    const progress = push.progressOf('dataset items pushed')
    const more = { pushMedia, onItem: (items: number) => progress.update(items) }
    await pushDatasets(source, { ...destination, ...more }, tally).finally(() => progress.end())
  }
  const wanted = push.isFiltered ? new Map([...comments].filter(([key]) => seen.has(key))) : comments
  const promptIdOf = createPromptFinder(source, destination)
  await pushComments(wanted, { ...destination, promptIdOf }, tally)
  return tally
}

async function pushAllTraces(
  { destination, loader, journal, parts, traces, progressOf }: ProjectPush,
  tally: PushTally,
  pushMedia: MediaPush | undefined,
  comments: Comments,
  seen: Set<string>,
): Promise<void> {
  const progress = progressOf(parts.has('traces') ? 'traces pushed' : 'traces searched for media')
  async function* passing(): AsyncGenerator<Trace> {
    for await (const trace of traces.read()) {
      for (const key of keysOf(trace)) if (comments.has(key)) seen.add(key)
      yield trace
    }
  }
  try {
    if (parts.has('traces')) {
      const onTrace = (): Promise<void> => progress.update(tally.pushed + tally.skipped, traces.total)
      await pushTraces(passing(), { ...destination, loader, journal, pushMedia }, tally, onTrace)
      return
    }
    let done = 0
    for await (const trace of passing()) {
      for (const [observationId, references] of mediaOf(trace)) {
        await pushMedia?.({ traceId: trace.id, observationId }, references, `trace ${trace.id}`)
      }
      await progress.update(++done, traces.total)
    }
  } finally {
    await progress.end()
  }
}

/** What comments may be about in a trace. */
function keysOf({ id, sessionId, observations }: Trace): readonly string[] {
  return [
    commentKey('TRACE', id),
    ...(sessionId === null ? [] : [commentKey('SESSION', sessionId)]),
    ...observations.map((observation) => commentKey('OBSERVATION', observation.id)),
  ]
}
