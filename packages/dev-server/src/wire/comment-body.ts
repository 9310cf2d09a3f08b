import * as v from 'valibot'
import { COMMENT_OBJECT_TYPES, type Comment } from '../model/comment.js'
import { parseRequest } from './parse-request.js'

const Body = v.strictObject({
  projectId: v.string(),
  objectType: v.picklist(COMMENT_OBJECT_TYPES),
  objectId: v.string(),
  content: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(5000)),
  authorUserId: v.nullish(v.string()),
})

/**
 * Reads the body of `POST /api/public/comments`. The project in it is the one of the keys, whatever it says.
 *
 * @param body What came in.
 * @param id The id the comment gets.
 * @param nowMillis What time it is.
 * @returns The comment to store.
 * @throws {ApiError} 400 in Langfuse's words if it is no comment.
 */
export function parseComment(body: unknown, id: string, nowMillis: number): Comment {
  const { authorUserId, objectType, objectId, content } = parseRequest(Body, body)
  return { objectType, objectId, content, id, authorUserId: authorUserId ?? null, createdAtMillis: nowMillis }
}
