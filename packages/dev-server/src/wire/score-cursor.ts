import * as v from 'valibot'
import type { ScorePosition } from '../store/score-query.js'
import { isoTime } from './date-time.js'
import { parseCursor } from './observation-cursor.js'
import { parseRequest } from './parse-request.js'

const Cursor = v.object({
  v: v.literal(1),
  lastTimestamp: v.pipe(
    v.union([v.string(), v.number()]),
    v.transform((time) => new Date(time).getTime()),
    v.check((millis) => !Number.isNaN(millis), 'Invalid input: expected date, received Date'),
  ),
  lastId: v.string(),
})

/**
 * The cursor of the page that follows a score: base64url of JSON, byte for byte what Langfuse sends.
 *
 * @param position The last score of this page.
 * @returns The cursor.
 */
export function encodeScoreCursor(position: ScorePosition): string {
  const fields = { v: 1, lastTimestamp: isoTime(position.timestampMillis), lastId: position.id }
  return Buffer.from(JSON.stringify(fields)).toString('base64url')
}

/**
 * Reads a cursor back.
 *
 * @param cursor The parameter.
 * @returns The score to continue after.
 * @throws {ApiError} 400 if it is no cursor.
 */
export function decodeScoreCursor(cursor: string): ScorePosition {
  const { lastTimestamp, lastId } = parseRequest(Cursor, parseCursor(cursor, 'base64url'), ['cursor'])
  return { timestampMillis: lastTimestamp, id: lastId }
}
