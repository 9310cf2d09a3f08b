import { randomUUID } from 'node:crypto'
import type { Handler } from 'hono'
import * as v from 'valibot'
import { isRecord } from '../is-record.js'
import type { LegacyUpdates } from '../legacy/apply-updates.js'
import { eventSubject } from '../legacy/event-body.js'
import { eventUpdates } from '../legacy/event-updates.js'
import type { LegacyWriter } from '../legacy/legacy-writer.js'
import type { Score } from '../model/score.js'
import type { Store } from '../store/store.js'
import { ApiError } from '../wire/api-error.js'
import { DateTime } from '../wire/date-time.js'
import { parseJsonBody, parseRequest } from '../wire/parse-request.js'
import { type ScoreConfigFinder, scoreAgainstConfig } from '../wire/score-against-config.js'
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
  | { readonly kind: 'legacy'; readonly eventId: string; readonly timestamp: number; readonly updates: LegacyUpdates }
  | { readonly kind: 'refused'; readonly error: EventError; readonly isTypeRefused: boolean }

/**
 * `POST /api/public/ingestion`, the batch endpoint of older clients: it takes scores, swallows the logs of SDKs, and takes traces and
 * observations in the mode `legacy`; else it refuses them one by one, as Langfuse does in its mode `events_only`.
 *
 * @param store Where the scores go.
 * @param clock What time it is.
 * @param writeLegacy Where traces and observations go in the mode `legacy`; in any other they are refused.
 * @returns The handler, which answers 207.
 */
export function ingestBatch(store: Store, clock: () => number, writeLegacy?: LegacyWriter): Handler<HttpEnv> {
  return async (c) => {
    const isBrowser = c.req.header('authorization')?.startsWith('Bearer ') === true
    const mode = writeLegacy === undefined ? 'events_only' : isBrowser ? 'legacy_scores' : 'legacy'
    const findConfig: ScoreConfigFinder = (id) => store.scoreConfigs.findScoreConfig(id)
    const outcomes = parseBatch(parseJsonBody(await readBody(c.env.incoming, MAX_BATCH_BYTES))).map((event) =>
      judge(event, clock(), mode, findConfig),
    )
    const accepted = outcomes.filter((outcome) => outcome.kind === 'score')
    // Of two events about one score the later stands, whatever their order in the batch.
    const scores = accepted.map(({ score }) => score).sort((a, b) => a.timestampMillis - b.timestampMillis)
    store.putScores(scores)
    const legacy = outcomes.filter((outcome) => outcome.kind === 'legacy').sort((a, b) => a.timestamp - b.timestamp)
    writeLegacy?.(
      {
        traces: legacy.flatMap(({ updates }) => updates.traces),
        observations: legacy.flatMap(({ updates }) => updates.observations),
      },
      clock(),
    )
    const refused = outcomes.filter((outcome) => outcome.kind === 'refused')
    const invalid = refused.filter(({ isTypeRefused }) => !isTypeRefused)
    const types = refused.filter(({ isTypeRefused }) => isTypeRefused)
    return c.json(
      {
        successes: outcomes.flatMap((outcome) => ('eventId' in outcome ? [{ id: outcome.eventId, status: 201 }] : [])),
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

/** What a batch may hold: browsers, with the public key alone, write scores in any mode and nothing else. */
type Mode = 'events_only' | 'legacy_scores' | 'legacy'

function judge(event: unknown, now: number, mode: Mode, findConfig: ScoreConfigFinder): Outcome {
  const type = isRecord(event) && typeof event.type === 'string' ? event.type : 'unknown'
  const id = isRecord(event) && typeof event.id === 'string' ? event.id : 'unknown'
  if (mode !== 'events_only' && type !== 'score-create' && type !== 'sdk-log') return judgeLegacy(event, id, mode)
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
    const configured = scoreAgainstConfig(body, findConfig)
    if (configured.kind === 'problem') return invalid(id, configured.message)
    const score = toScore(configured.body, body.id || randomUUID(), parsed.timestamp, now)
    return { kind: 'score', eventId: parsed.id, score }
  } catch (error) {
    return refused(id, error)
  }
}

function judgeLegacy(event: unknown, id: string, mode: Mode): Outcome {
  const subject = eventSubject(isRecord(event) ? String(event.type) : '')
  if (subject === undefined) return invalid(id, JSON.stringify([UNKNOWN_TYPE], null, 2))
  if (mode === 'legacy_scores') {
    const error = { id, status: 401, message: 'Authentication error', error: 'Access Scope Denied' }
    return { kind: 'refused', isTypeRefused: false, error }
  }
  try {
    const { id: eventId, timestamp, body } = parseRequest(Event, event)
    return { kind: 'legacy', eventId, timestamp, updates: eventUpdates(subject, body, timestamp) }
  } catch (error) {
    return refused(id, error)
  }
}

/** The issue of zod 4 about an event of a type it has no schema for. */
const UNKNOWN_TYPE = {
  ...{ code: 'invalid_union', errors: [], note: 'No matching discriminator', discriminator: 'type', path: ['type'] },
  message: 'Invalid input',
}

function refused(id: string, error: unknown): Outcome {
  if (!(error instanceof ApiError)) throw error
  // Langfuse puts the issues into the string.
  return invalid(id, JSON.stringify(error.body.error, null, 2))
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
