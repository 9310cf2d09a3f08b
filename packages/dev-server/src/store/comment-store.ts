import type { Comment } from '../model/comment.js'
import type { PageRange, StoredPage } from './stored-page.js'

/** Which comments to read; absent fields do not restrict. */
export interface CommentQuery {
  readonly objectType?: Comment['objectType'] | undefined
  readonly objectId?: string | undefined
  readonly authorUserId?: string | undefined
}

/** Where comments live. */
export interface CommentStore {
  /**
   * Writes a new comment.
   *
   * @param comment The comment.
   */
  putComment(comment: Comment): void
  /**
   * Finds a comment.
   *
   * @param id Its id.
   * @returns The comment, or undefined.
   */
  findComment(id: string): Comment | undefined
  /**
   * Reads comments, the newest first.
   *
   * @param query Which.
   * @param range Which of them.
   * @returns The comments.
   */
  findComments(query: CommentQuery, range: PageRange): StoredPage<Comment>
}
