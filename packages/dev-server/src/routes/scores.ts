import { randomUUID } from 'node:crypto'
import type { Handler } from 'hono'
import type { Store } from '../store/store.js'
import { type ApiError, invalidData, invalidRequest } from '../wire/api-error.js'
import { parseJsonBody } from '../wire/parse-request.js'
import { scoreAgainstConfig } from '../wire/score-against-config.js'
import { parseScoreBody, scoreProblem, toScore } from '../wire/score-body.js'
import { encodeScoreCursor } from '../wire/score-cursor.js'
import { scoreJson } from '../wire/score-json.js'
import { parseScoreRequest } from '../wire/score-request.js'
import { type HttpEnv, queryParams } from './http-env.js'
import { readBody } from './read-body.js'

/** The most a single score may have, in bytes: what Langfuse's web framework allows a body. */
const MAX_SCORE_BYTES = 1024 * 1024

/**
 * `POST /api/public/scores`. The trace need not exist; the same id again replaces the score.
 *
 * @param store Where the score goes.
 * @param clock What time it is.
 * @returns The handler.
 */
export function createScore(store: Store, clock: () => number): Handler<HttpEnv> {
  return async (c) => {
    const parsed = parseScoreBody(parseJsonBody(await readBody(c.env.incoming, MAX_SCORE_BYTES)))
    if (parsed.source === 'EVAL') throw reservedSource()
    const problem = scoreProblem(parsed)
    if (problem !== undefined) throw invalidRequest(problem)
    const configured = scoreAgainstConfig(parsed, (configId) => store.scoreConfigs.findScoreConfig(configId))
    if (configured.kind === 'problem') throw invalidRequest(configured.message)
    const { body } = configured
    const id = body.id || randomUUID()
    const now = clock()
    store.putScores([toScore(body, id, now, now)])
    return c.json({ id })
  }
}

/** Langfuse keeps this source for its own evaluators; in a batch it lets it pass. */
function reservedSource(): ApiError {
  const message = 'Invalid option: expected one of "API"|"ANNOTATION"'
  return invalidData([{ code: 'invalid_value', values: ['API', 'ANNOTATION'], path: ['source'], message }])
}

/**
 * `DELETE /api/public/scores/{id}`. Langfuse deletes later and answers the same for a score that is not there; here it is gone
 * when the answer comes.
 *
 * @param store Where the score is.
 * @returns The handler.
 */
export function deleteScore(store: Store): Handler<HttpEnv, '/api/public/scores/:scoreId'> {
  return (c) => {
    store.deleteScore(c.req.param('scoreId'))
    return c.json({ message: 'Score deletion queued successfully' }, 202)
  }
}

/**
 * `GET /api/public/v3/scores`.
 *
 * @param store Where the scores are.
 * @returns The handler.
 */
export function listScores(store: Store): Handler<HttpEnv> {
  return (c) => {
    const { query, limit, groups } = parseScoreRequest(queryParams(c))
    const found = store.findScores(query)
    const page = found.slice(0, limit)
    const last = page.at(-1)
    return c.json({
      data: page.map((score) => scoreJson(score, groups)),
      meta: { limit, ...(found.length > limit && last !== undefined && { cursor: encodeScoreCursor(last) }) },
    })
  }
}
