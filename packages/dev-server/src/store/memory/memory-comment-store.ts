import type { Comment } from '../../model/comment.js'
import type { CommentQuery, CommentStore } from '../comment-store.js'
import type { PageRange, StoredPage } from '../stored-page.js'
import type { MemoryTables } from './memory-tables.js'
import { pageOf } from './page-of.js'
import { requireWholeMillis } from './require-whole-millis.js'
import { ascending } from './row-order.js'
import { storedCopy, storedText } from './stored-copy.js'

/** Comments in memory. */
export class MemoryCommentStore implements CommentStore {
  private readonly tables: MemoryTables

  /** @param tables Where they are kept. */
  constructor(tables: MemoryTables) {
    this.tables = tables
  }

  putComment(comment: Comment): void {
    const { comments } = this.tables.rows
    requireWholeMillis(comment, ['createdAtMillis'])
    if (comments.has(comment.id))
      throw new Error(`Cannot store a comment: found one of the id ${comment.id}, expected none`)
    comments.set(comment.id, storedCopy(comment))
  }

  findComment(id: string): Comment | undefined {
    return this.tables.rows.comments.get(storedText(id))
  }

  findComments(query: CommentQuery, range: PageRange): StoredPage<Comment> {
    const isWanted = (wanted: string | undefined, found: string | null): boolean =>
      wanted === undefined || storedText(wanted) === found
    const found = [...this.tables.rows.comments.values()].filter(
      ({ objectType, objectId, authorUserId }) =>
        isWanted(query.objectType, objectType) &&
        isWanted(query.objectId, objectId) &&
        isWanted(query.authorUserId, authorUserId),
    )
    return pageOf(found, NEWEST_FIRST, range)
  }
}

const NEWEST_FIRST = ascending<Comment>(
  ({ createdAtMillis }) => -createdAtMillis,
  ({ id }) => id,
)
