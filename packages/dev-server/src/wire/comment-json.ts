import type { Comment } from '../model/comment.js'
import { isoTime } from './date-time.js'
import { PROJECT } from './identity.js'

/**
 * A comment as `/api/public/comments` shows it.
 *
 * @param comment The stored comment.
 * @returns What to serialize.
 */
export function commentJson(comment: Comment): Record<string, unknown> {
  const createdAt = isoTime(comment.createdAtMillis)
  return {
    id: comment.id,
    projectId: PROJECT.id,
    createdAt,
    updatedAt: createdAt,
    objectType: comment.objectType,
    objectId: comment.objectId,
    content: comment.content,
    authorUserId: comment.authorUserId,
  }
}
