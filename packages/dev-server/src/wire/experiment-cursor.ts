import * as v from 'valibot'
import { isoTime } from './date-time.js'
import { parseCursor } from './observation-cursor.js'
import { parseRequest } from './parse-request.js'

const Cursor = v.object({
  v: v.literal(1),
  lastTime: v.pipe(
    v.string(),
    v.transform((time) => new Date(time).getTime()),
    v.check((millis) => !Number.isNaN(millis), 'Invalid input: expected date, received Date'),
  ),
  lastTraceId: v.string(),
  lastId: v.string(),
  lastExperimentId: v.string(),
})

/** The observation after which a list of experiments, or of their items, goes on. */
export interface ExperimentCursor {
  readonly startTimeMillis: number
  readonly traceId: string
  readonly id: string
  readonly experimentId: string
}

/**
 * The cursor of the page that follows: base64url of JSON with the keys that Langfuse sends, and the time in ISO form.
 *
 * @param last The last observation of this page.
 * @returns The cursor.
 */
export function encodeExperimentCursor(last: ExperimentCursor): string {
  const fields = {
    v: 1,
    lastTime: isoTime(last.startTimeMillis),
    lastTraceId: last.traceId,
    lastId: last.id,
    lastExperimentId: last.experimentId,
  }
  return Buffer.from(JSON.stringify(fields)).toString('base64url')
}

/**
 * Reads a cursor back.
 *
 * @param cursor The parameter.
 * @returns The observation to continue after.
 * @throws {ApiError} 400 if it is no cursor.
 */
export function decodeExperimentCursor(cursor: string): ExperimentCursor {
  const { lastTime, lastTraceId, lastId, lastExperimentId } = parseRequest(Cursor, parseCursor(cursor, 'base64url'), [
    'cursor',
  ])
  return { startTimeMillis: lastTime, traceId: lastTraceId, id: lastId, experimentId: lastExperimentId }
}
