import { randomUUID } from 'node:crypto'
import type { Handler } from 'hono'
import * as v from 'valibot'
import { isRecord } from '../is-record.js'
import type { Score } from '../model/score.js'
import type { Store } from '../store/store.js'
import { ApiError } from '../wire/api-error.js'
import { DateTime } from '../wire/date-time.js'
import { parseJsonBody, parseRequest } from '../wire/parse-request.js'
import { parseScoreBody, scoreProblem, toScore } from '../wire/score-body.js'
import type { HttpEnv } from './http-env.js'
import { readBody } from './read-body.js'

/** The most a batch may have, in bytes: Langfuse's 4.5 MB. */
const MAX_BATCH_BYTES: number = 4.5 * 1024 * 1024

const Event = v.object({ id: v.string(), timestamp: DateTime, body: v.unknown() })

interface EventError {
  readonly id: string
  readonly status: number
  readonly message: string
  readonly error: string
}

/** What becomes of one event. */
type Outcome =
  | { readonly kind: 'score'; readonly eventId: string; readonly score: Score }
  | { readonly kind: 'log' }
  | { readonly kind: 'refused'; readonly error: EventError; readonly isTypeRefused: boolean }

/**
 * `POST /api/public/ingestion`, the batch endpoint of older clients: it takes scores, swallows the logs of SDKs, and refuses
 * traces and observations one by one, as Langfuse does in its mode `events_only`.
 *
 * @param store Where the scores go.
 * @param clock What time it is.
 * @returns The handler, which answers 207.
 */
export function ingestBatch(store: Store, clock: () => number): Handler<HttpEnv> {
  return async (c) => {
    const outcomes = parseBatch(parseJsonBody(await readBody(c.env.incoming, MAX_BATCH_BYTES))).map((event) =>
      judge(event, clock()),
    )
    const accepted = outcomes.filter((outcome) => outcome.kind === 'score')
    // Of two events about one score the later stands, whatever their order in the batch.
    const scores = accepted.map(({ score }) => score).sort((a, b) => a.timestampMillis - b.timestampMillis)
    store.putScores(scores)
    const refused = outcomes.filter((outcome) => outcome.kind === 'refused')
    const invalid = refused.filter(({ isTypeRefused }) => !isTypeRefused)
    const types = refused.filter(({ isTypeRefused }) => isTypeRefused)
    return c.json(
      {
        successes: accepted.map(({ eventId }) => ({ id: eventId, status: 201 })),
        errors: [...invalid, ...types].map(({ error }) => error),
      },
      207,
    )
  }
}

function parseBatch(body: unknown): readonly unknown[] {
  if (isRecord(body) && Array.isArray(body.batch)) return body.batch
  const found = isRecord(body) ? (body.batch === null ? 'null' : typeof body.batch) : 'no object'
  throw new ApiError(400, {
    message: 'Invalid request data',
    errors: [`Invalid input: expected array, received ${found}`],
  })
}

function judge(event: unknown, now: number): Outcome {
  const type = isRecord(event) && typeof event.type === 'string' ? event.type : 'unknown'
  const id = isRecord(event) && typeof event.id === 'string' ? event.id : 'unknown'
  if (type !== 'score-create' && type !== 'sdk-log') {
    return {
      kind: 'refused',
      isTypeRefused: true,
      error: { id, status: 400, message: 'Event type not accepted', error: refusal(type) },
    }
  }
  try {
    const parsed = parseRequest(Event, event)
    if (type === 'sdk-log') return { kind: 'log' }
    const body = parseScoreBody(parsed.body)
    const problem = scoreProblem(body)
    if (problem !== undefined) return invalid(id, problem)
    return { kind: 'score', eventId: parsed.id, score: toScore(body, body.id || randomUUID(), parsed.timestamp, now) }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    // Langfuse puts the issues into the string.
    return invalid(id, JSON.stringify(error.body.error, null, 2))
  }
}

function invalid(id: string, error: string): Outcome {
  return { kind: 'refused', isTypeRefused: false, error: { id, status: 400, message: 'Invalid request data', error } }
}

/** Langfuse's words: people search for them. */
function refusal(type: string): string {
  return (
    `Event type "${type}" is not accepted by /api/public/ingestion when LANGFUSE_MIGRATION_V4_WRITE_MODE is events_only. ` +
    'This endpoint only accepts score and log events. Upgrade the client or integration to a v4-compatible SDK or OTLP ingestion path. ' +
    'As a temporary migration bridge, set LANGFUSE_MIGRATION_V4_WRITE_MODE=dual on both the web and worker services and redeploy. ' +
    'Docs: https://langfuse.com/self-hosting/upgrade/upgrade-guides/upgrade-v3-to-v4'
  )
}
