import type { Handler } from 'hono'
import type { HttpEnv } from '../routes/http-env.js'
import type { Store } from '../store/store.js'
import type { SessionPosition } from '../store/viewer/session-row.js'
import type { ViewerStore } from '../store/viewer/viewer-store.js'
import { notFound } from '../wire/api-error.js'
import { parseMillis } from './parse-millis.js'

/** How many sessions a page of the list has. */
const PAGE_SIZE = 100

/** How many turns of a conversation are read at once. */
const TURNS_SIZE = 50

/** Scores of a session as a whole. */
const MAX_SCORES = 100

/**
 * `GET /viewer/api/sessions`: a page of the list of sessions.
 *
 * @param viewer Where the traces are.
 * @returns The handler.
 */
export function listSessions(viewer: ViewerStore): Handler<HttpEnv> {
  return (c) => {
    const { q, from, to, after, afterSession } = c.req.query()
    const newestMillis = parseMillis(after)
    const position: SessionPosition | undefined =
      newestMillis === undefined ? undefined : { newestMillis, sessionId: afterSession ?? '' }
    // One more than is shown says whether there are more.
    const found = viewer.findSessions({
      text: q?.trim() || undefined,
      fromMillis: parseMillis(from),
      toMillis: parseMillis(to),
      after: position,
      limit: PAGE_SIZE + 1,
    })
    return c.json({ sessions: found.slice(0, PAGE_SIZE), hasMore: found.length > PAGE_SIZE })
  }
}

/**
 * `GET /viewer/api/sessions/{id}`: a session as a conversation: what it adds up to, its scores, and its newest turns, or those before a place.
 *
 * @param store Where the traces and scores are.
 * @returns The handler, which answers 404 when there is none.
 */
export function showSession(store: Store): Handler<HttpEnv, '/viewer/api/sessions/:sessionId'> {
  return (c) => {
    const sessionId = c.req.param('sessionId')
    const [session] = store.viewer.findSessions({ sessionId, limit: 1 })
    if (session === undefined) throw notFound('No such session: its traces were deleted, or it was never here')
    const startMillis = parseMillis(c.req.query('before'))
    const before = startMillis === undefined ? undefined : { startMillis, traceId: c.req.query('beforeTrace') ?? '' }
    const found = store.viewer.findSessionTurns({ sessionId, before, limit: TURNS_SIZE + 1 })
    return c.json({
      session,
      scores: store
        .findScores({ sessionIds: [sessionId], limit: MAX_SCORES })
        .map(({ id, name, value, stringValue, comment }) => ({ id, name, value: stringValue ?? value, comment })),
      // As they were said: the oldest first.
      turns: found.slice(0, TURNS_SIZE).reverse(),
      hasEarlier: found.length > TURNS_SIZE,
    })
  }
}
