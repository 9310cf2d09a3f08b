import type { Handler } from 'hono'
import * as v from 'valibot'
import type { Store } from '../store/store.js'
import { notFound } from '../wire/api-error.js'
import { anyOf, between, equals, ManyTexts, TimeParam } from '../wire/legacy-conditions.js'
import { legacySessionJson, legacyTraceJson } from '../wire/legacy-trace-json.js'
import { PageParams, pageJson, pageRange } from '../wire/page-request.js'
import { parseRequest } from '../wire/parse-request.js'
import { type HttpEnv, queryParams } from './http-env.js'

const SessionParams = v.object({
  ...PageParams,
  ...{ environment: ManyTexts, fromTimestamp: TimeParam, toTimestamp: TimeParam },
})

/**
 * `GET /api/public/sessions`.
 *
 * @param store Where they are.
 * @returns The handler.
 */
export function listLegacySessions({ legacy }: Store): Handler<HttpEnv> {
  return (c) => {
    const { page = 1, limit = 50, ...wanted } = parseRequest(SessionParams, queryParams(c))
    const conditions = [
      ...anyOf('environment', wanted.environment),
      ...between('startTime', wanted.fromTimestamp, wanted.toTimestamp),
    ]
    const request = { page, limit }
    return c.json(pageJson(request, legacy.findLegacySessions(conditions, pageRange(request)), legacySessionJson))
  }
}

/**
 * `GET /api/public/sessions/{id}`: a session with its traces, the newest first.
 *
 * @param store Where it is.
 * @returns The handler, which answers 404 when no trace names it.
 */
export function showLegacySession({ legacy }: Store): Handler<HttpEnv, '/api/public/sessions/:sessionId'> {
  return (c) => {
    const ofSession = equals('sessionId', c.req.param('sessionId'))
    const [session] = legacy.findLegacySessions(ofSession, { limit: 1, offset: 0 }).rows
    if (session === undefined) throw notFound('Session not found within authorized project')
    const { rows } = legacy.findLegacyTraces(
      ofSession,
      { by: 'timestamp', direction: 'DESC' },
      {
        limit: -1,
        offset: 0,
      },
    )
    return c.json({ ...legacySessionJson(session), traces: rows.map((trace) => legacyTraceJson(trace)) })
  }
}
