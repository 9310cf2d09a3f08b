import type { Handler } from 'hono'
import type { Score } from '../model/score.js'
import type { HttpEnv } from '../routes/http-env.js'
import type { Store } from '../store/store.js'
import { notFound } from '../wire/api-error.js'
import { parseTraceFilter } from './parse-trace-filter.js'

/** Errors at the top of a trace: the first ones, the rest is in the tree. */
const MAX_ERRORS = 20
const MAX_SCORES = 1000

/**
 * `GET /viewer/api/traces/{id}`: a trace with all its observations as columns, its scores, the first errors, and what stands beside it
 * in the list that the query parameters describe.
 *
 * @param store Where it is.
 * @returns The handler, which answers 404 when there is none.
 */
export function showTrace(store: Store): Handler<HttpEnv, '/viewer/api/traces/:traceId'> {
  return (c) => {
    const traceId = c.req.param('traceId')
    const trace = store.viewer.findTraceRow(traceId)
    if (trace === undefined) throw notFound('No such trace: it was deleted, or it was never here')
    const facts = {
      trace,
      scores: store.findScores({ traceIds: [traceId], limit: MAX_SCORES }).map(scoreOf),
      errors: trace.errorCount === 0 ? [] : findErrors(store, traceId),
      neighbours: store.viewer.findNeighbours(trace, parseTraceFilter(c.req.queries())),
    }
    // The columns are JSON already, megabytes of it for a large trace.
    const json = `${JSON.stringify(facts).slice(0, -1)},"columns":${store.viewer.readTraceColumns(traceId)}}`
    return c.body(json, 200, { 'content-type': 'application/json; charset=utf-8' })
  }
}

function scoreOf(score: Score): Record<string, unknown> {
  const { id, name, dataType, value, stringValue, observationId, comment, source, timestampMillis } = score
  return { id, name, dataType, value: stringValue ?? value, observationId, comment, source, timestampMillis }
}

function findErrors(store: Store, traceId: string): Record<string, unknown>[] {
  const errors = store.findObservations({
    conditions: [
      { column: 'traceId', type: 'text', operator: '=', value: traceId },
      { column: 'level', type: 'text', operator: '=', value: 'ERROR' },
    ],
    order: 'oldest',
    limit: MAX_ERRORS,
    parts: [],
  })
  return errors.map(({ id, name, details }) => ({ id, name, message: details.statusMessage }))
}

/**
 * `GET /viewer/api/traces/{id}/observations/{id}`: everything of one observation.
 *
 * @param store Where it is.
 * @returns The handler, which answers 404 when there is none.
 */
export function showObservation(
  store: Store,
): Handler<HttpEnv, '/viewer/api/traces/:traceId/observations/:observationId'> {
  return (c) => {
    const [observation] = store.findObservations({
      conditions: [
        { column: 'traceId', type: 'text', operator: '=', value: c.req.param('traceId') },
        { column: 'id', type: 'text', operator: '=', value: c.req.param('observationId') },
      ],
      limit: 1,
      parts: ['io', 'metadata'],
    })
    if (observation === undefined) throw notFound('No such observation in this trace')
    // The key it came with is nobody's business here.
    const { apiKey: _apiKey, ...details } = observation.details
    return c.json({ ...observation, details })
  }
}
