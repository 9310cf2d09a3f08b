import { createHash } from 'node:crypto'
import { CliError } from '../cli-error.js'
import { type Delivery, deliver } from './deliver.js'
import type { ScoreRecord } from './score-record.js'

/** A score on its way. */
export interface TimedScore {
  readonly score: ScoreRecord
  /** When it was given, in milliseconds since the epoch. */
  readonly timestampMillis: number
}

/** A score that the server refused. */
export interface RefusedScore {
  readonly id: string
  readonly reason: string
}

/** How many scores are in one request at most; far below Langfuse's limit of 4.5 MB for what people write. */
export const SCORES_PER_REQUEST = 100

const PATH = '/api/public/ingestion'

/**
 * Sends scores in one request. Each has an id of its own, so that sending it again changes nothing.
 *
 * @param scores - At most {@link SCORES_PER_REQUEST}; none are no request.
 * @param delivery - Where to.
 * @returns Those that the server refused; it took the others.
 * @throws {CliError} As {@link deliver}; `send_failed` also if the answer is none of Langfuse's.
 */
export async function postScores(
  scores: readonly TimedScore[],
  delivery: Omit<Delivery, 'whatIsLeft' | 'subject'>,
): Promise<readonly RefusedScore[]> {
  if (scores.length === 0) return []
  const events = scores.map(toEvent)
  const answer = await deliver(
    { path: PATH, json: JSON.stringify({ batch: events }) },
    { ...delivery, subject: 'scores' },
  )
  const scoreOf = new Map(events.map(({ id, body }) => [id, body.id]))
  return readErrors(answer, delivery.client.origin).map(({ id, reason }) => ({ id: scoreOf.get(id) ?? id, reason }))
}

interface ScoreEvent {
  readonly id: string
  readonly type: 'score-create'
  readonly timestamp: string
  readonly body: ScoreRecord
}

function toEvent({ score, timestampMillis }: TimedScore): ScoreEvent {
  const timestamp = new Date(timestampMillis).toISOString()
  const id = createHash('sha256')
    .update(JSON.stringify([score, timestamp]))
    .digest('hex')
  return { id: id.slice(0, 32), type: 'score-create', timestamp, body: score }
}

function readErrors(answer: unknown, origin: string): readonly RefusedScore[] {
  const errors = typeof answer === 'object' && answer !== null && 'errors' in answer ? answer.errors : undefined
  if (!Array.isArray(errors)) {
    const message = `Cannot send scores to ${origin}: its answer is none of Langfuse's: check LANGFUSE_BASE_URL`
    throw new CliError('send_failed', message)
  }
  return errors.map((error: unknown) => {
    const { id, message, error: detail }: { id?: unknown; message?: unknown; error?: unknown } = Object(error)
    const text = [message, detail].filter((part) => typeof part === 'string').join(': ')
    return { id: String(id), reason: text.replaceAll(/\s+/g, ' ').slice(0, 300) || 'refused' }
  })
}
