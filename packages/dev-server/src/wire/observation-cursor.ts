import * as v from 'valibot'
import type { ObservationPosition } from '../store/observation-query.js'
import { invalidRequest } from './api-error.js'
import { isoTime } from './date-time.js'
import { parseRequest } from './parse-request.js'

const Cursor = v.object({
  lastStartTimeTo: v.pipe(
    v.union([v.string(), v.number()]),
    v.transform((time) => new Date(time).getTime()),
    v.check((millis) => !Number.isNaN(millis), 'Invalid input: expected date, received Date'),
  ),
  lastTraceId: v.string(),
  lastId: v.string(),
})

/**
 * The cursor of the page that follows a row: base64 of JSON, byte for byte what Langfuse sends.
 *
 * @param position The last row of this page.
 * @returns The cursor.
 */
export function encodeObservationCursor(position: ObservationPosition): string {
  const fields = {
    lastStartTimeTo: isoTime(position.startTimeMillis),
    lastTraceId: position.traceId,
    lastId: position.id,
  }
  return Buffer.from(JSON.stringify(fields)).toString('base64')
}

/**
 * Reads a cursor back.
 *
 * @param cursor The parameter.
 * @returns The row to continue after.
 * @throws {ApiError} 400 if it is no cursor.
 */
export function decodeObservationCursor(cursor: string): ObservationPosition {
  const { lastStartTimeTo, lastTraceId, lastId } = parseRequest(Cursor, parseCursor(cursor, 'base64'), ['cursor'])
  return { startTimeMillis: lastStartTimeTo, traceId: lastTraceId, id: lastId }
}

/**
 * The JSON in a cursor.
 *
 * @param cursor The parameter.
 * @param encoding How its bytes are written.
 * @returns The value.
 * @throws {ApiError} 400 if there is no JSON in it.
 */
export function parseCursor(cursor: string, encoding: 'base64' | 'base64url'): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, encoding).toString('utf8'))
  } catch {
    throw invalidRequest('Invalid cursor format')
  }
}
