import { setTimeout as sleep } from 'node:timers/promises'
import type { LangfuseTraceLoader, Trace } from '@axion/loader'
import { CliError } from '../cli-error.js'
import type { Span } from '../otlp/span.js'
import type { LangfuseClient } from '../send/langfuse-client.js'
import { postScores, SCORES_PER_REQUEST, type TimedScore } from '../send/post-scores.js'
import { postSpans, type SpanDelivery } from '../send/post-spans.js'
import type { Journal } from './journal.js'
import { type MediaReference, mediaReferences } from './media-references.js'
import { missingSpans } from './missing-spans.js'
import { observationSpan } from './observation-span.js'
import type { MediaPush } from './push-media.js'
import type { PushTally } from './push-tally.js'
import { scoreOfTrace } from './score-of-trace.js'

/** Where traces are pushed to. */
export interface PushTarget {
  readonly client: LangfuseClient
  /** Reads from the same project, to find out in doubt what it has. */
  readonly loader: LangfuseTraceLoader
  readonly journal: Journal
  readonly signal: AbortSignal
  /** Pushes the files that observations name; `undefined` leaves them out. */
  readonly pushMedia: MediaPush | undefined
  /** Whether nothing is to be written. */
  readonly isDryRun: boolean
}

/** A trace with what is left of it to send. */
interface Parcel {
  readonly traceId: string
  readonly spans: readonly Span[]
  readonly scores: readonly TimedScore[]
  /** The files that observations name, by their ids. */
  readonly media: readonly (readonly [observationId: string, references: readonly MediaReference[]])[]
  /** Of the whole trace, for the journal. */
  readonly totalSpans: number
  readonly totalScores: number
}

// Far below any server's limit, and few requests all the same.
const MAX_SPANS = 300
const MAX_CHARACTERS = 2_000_000
// A span is readable up to two seconds after Langfuse has taken it.
const SETTLE_MILLIS = 3000

/**
 * Pushes traces to a project. Each span is sent once, however often this is interrupted: the journal says what was sent, and where it does
 * not know, the project is asked.
 *
 * @param traces - The traces, complete and with their scores.
 * @param target - Where to.
 * @param tally - Counts what was done.
 * @param onTrace - Called after every trace.
 * @throws {CliError} `send_failed`, `journal_failed`, `stopped`; `LoaderError` if reading fails. A further call goes on.
 */
export async function pushTraces(
  traces: AsyncIterable<Trace>,
  target: PushTarget,
  tally: PushTally,
  onTrace: () => Promise<void>,
): Promise<void> {
  let waiting: Parcel[] = []
  let size = { spans: 0, characters: 0 }
  const flush = async (): Promise<void> => {
    await sendParcels(waiting, target, tally)
    waiting = []
    size = { spans: 0, characters: 0 }
    await onTrace()
  }
  for await (const trace of traces) {
    const parcel = await pack(trace, target)
    if (parcel === undefined) {
      tally.skipped += 1
      await onTrace()
      continue
    }
    waiting.push(parcel)
    size.spans += parcel.spans.length
    size.characters += charactersOf(parcel.spans)
    if (size.spans >= MAX_SPANS || size.characters >= MAX_CHARACTERS) await flush()
  }
  if (waiting.length > 0) await flush()
}

/** What is left of a trace to send; `undefined` for nothing. */
async function pack(trace: Trace, { journal, loader, signal }: PushTarget): Promise<Parcel | undefined> {
  const spans = trace.observations.map((observation) => observationSpan(observation, trace))
  const scores = trace.scores.map(scoreOfTrace)
  const media = mediaOf(trace)
  const totals = { totalSpans: spans.length, totalScores: scores.length }
  const state = journal.stateOf(trace.id)
  if (state.kind === 'unknown') return { traceId: trace.id, spans, scores, media, ...totals }
  const isSame = state.kind === 'pushed' && state.spans === spans.length
  if (isSame && state.scores === scores.length) return undefined
  // Scores replace themselves by their ids, so they may be sent again; spans may not.
  if (state.kind === 'in_doubt') await settle(journal.formerMillis, signal)
  const missing = isSame ? [] : await missingSpans(loader, spans, signal)
  return { traceId: trace.id, spans: missing, scores, media, ...totals }
}

/**
 * Finds the files that a trace names.
 *
 * @param trace - The trace.
 * @returns They, by the observation that names them.
 */
export function mediaOf(trace: Trace): Parcel['media'] {
  return trace.observations.flatMap(({ id, raw: { input, output, metadata } }) => {
    const references = mediaReferences({ input, output, metadata })
    return references.length === 0 ? [] : [[id, references] as const]
  })
}

/** Waits until what a former push sent can be read, which is at once but for a push that was killed a moment ago. */
async function settle(formerMillis: number, signal: AbortSignal): Promise<void> {
  const leftMillis = formerMillis + SETTLE_MILLIS - Date.now()
  if (leftMillis <= 0) return
  try {
    await sleep(leftMillis, undefined, { signal })
  } catch (cause) {
    throw new CliError('stopped', 'Stopped while waiting', { cause })
  }
}

async function sendParcels(parcels: readonly Parcel[], target: PushTarget, tally: PushTally): Promise<void> {
  const { client, loader, journal, signal, isDryRun } = target
  if (parcels.length === 0) return
  if (isDryRun) {
    for (const parcel of parcels) {
      await pushMedia(parcel, target)
      count(parcel, tally)
    }
    return
  }
  journal.begin(parcels.map(({ traceId }) => traceId))
  const missing = (spans: readonly Span[]): Promise<readonly Span[]> => missingSpans(loader, spans, signal)
  const refused = await sendSpans(
    parcels.flatMap(({ spans }) => spans),
    { client, signal, missing },
  )
  const refusedScores = await sendScores(
    parcels.flatMap(({ scores }) => scores),
    { client, signal },
  )
  for (const parcel of parcels) {
    const { traceId, scores, totalSpans, totalScores } = parcel
    const reason = refused.get(traceId) ?? scores.map(({ score }) => refusedScores.get(score.id)).find(Boolean)
    const refusals = tally.refused.length
    if (reason !== undefined) tally.refused.push({ about: `trace ${traceId}`, reason })
    await pushMedia(parcel, target)
    if (tally.refused.length === refusals) journal.done(traceId, { spans: totalSpans, scores: totalScores })
    count(parcel, tally)
  }
}

async function pushMedia({ traceId, media }: Parcel, { pushMedia: push }: PushTarget): Promise<void> {
  for (const [observationId, references] of media) {
    await push?.({ traceId, observationId }, references, `trace ${traceId}`)
  }
}

function count({ spans, scores }: Parcel, tally: PushTally): void {
  tally.pushed += 1
  tally.spans += spans.length
  tally.scores += scores.length
}

/** Sends spans in requests that are not too large; gives back why spans of a trace were refused. */
async function sendSpans(spans: readonly Span[], delivery: SpanDelivery): Promise<ReadonlyMap<string, string>> {
  const refused = new Map<string, string>()
  for (const part of cut(spans)) await sendPart(part, delivery, refused)
  return refused
}

// One span that the server does not want must not keep the others back: halves are tried until it is alone.
async function sendPart(part: readonly Span[], delivery: SpanDelivery, refused: Map<string, string>): Promise<void> {
  try {
    const posted = await postSpans(part, delivery)
    // Some of them are there now: which ones, the next push asks the project, and sends the others.
    if (posted.kind === 'partly') for (const { traceId } of part) refused.set(traceId, posted.reason)
  } catch (error) {
    if (!(error instanceof CliError) || error.code !== 'send_refused') throw error
    const [first] = part
    if (part.length === 1 && first !== undefined) {
      refused.set(first.traceId, error.message)
      return
    }
    const middle = Math.ceil(part.length / 2)
    await sendPart(part.slice(0, middle), delivery, refused)
    await sendPart(part.slice(middle), delivery, refused)
  }
}

async function sendScores(
  scores: readonly TimedScore[],
  delivery: Omit<SpanDelivery, 'missing'>,
): Promise<ReadonlyMap<string, string>> {
  const refused = new Map<string, string>()
  for (let from = 0; from < scores.length; from += SCORES_PER_REQUEST) {
    const answer = await postScores(scores.slice(from, from + SCORES_PER_REQUEST), delivery)
    for (const { id, reason } of answer) refused.set(id, reason)
  }
  return refused
}

function* cut(spans: readonly Span[]): Generator<readonly Span[]> {
  let part: Span[] = []
  let characters = 0
  for (const span of spans) {
    const size = charactersOf([span])
    if (part.length >= MAX_SPANS || (part.length > 0 && characters + size > MAX_CHARACTERS)) {
      yield part
      part = []
      characters = 0
    }
    part.push(span)
    characters += size
  }
  if (part.length > 0) yield part
}

function charactersOf(spans: readonly Span[]): number {
  let sum = 0
  for (const { attributes } of spans) {
    for (const value of Object.values(attributes)) if (typeof value === 'string') sum += value.length
  }
  return sum
}
