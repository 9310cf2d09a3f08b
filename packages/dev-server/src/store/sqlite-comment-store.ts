import type { Comment } from '../model/comment.js'
import type { CommentQuery, CommentStore } from './comment-store.js'
import type { Db } from './db.js'
import { readCount, readRows } from './read-rows.js'
import { type SqlValue, sqlText } from './sql-value.js'
import type { PageRange, StoredPage } from './stored-page.js'

const COLUMNS = 'id, object_type, object_id, content, author_user_id, created_millis'

/** Comments in SQLite. */
export class SqliteCommentStore implements CommentStore {
  private readonly db: Db

  /** @param db The connection, which stays the caller's. */
  constructor(db: Db) {
    this.db = db
  }

  putComment({ id, objectType, objectId, content, authorUserId, createdAtMillis }: Comment): void {
    const author = authorUserId === null ? null : sqlText(authorUserId)
    this.db
      .prepare(`INSERT INTO comments (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)`)
      .run([id, objectType, sqlText(objectId), sqlText(content), author, createdAtMillis])
  }

  findComment(id: string): Comment | undefined {
    const sql = `SELECT ${COLUMNS} FROM comments WHERE id = ?`
    return readRows(this.db, { sql, values: [sqlText(id)] }).map(fromRow)[0]
  }

  findComments(query: CommentQuery, { limit, offset }: PageRange): StoredPage<Comment> {
    const given = [
      ['object_type', query.objectType],
      ['object_id', query.objectId],
      ['author_user_id', query.authorUserId],
    ].filter((pair): pair is [string, string] => pair[1] !== undefined)
    const where = given.length === 0 ? '' : `WHERE ${given.map(([column]) => `${column} = ?`).join(' AND ')}`
    const values: SqlValue[] = given.map(([, value]) => sqlText(value))
    const sql = `SELECT ${COLUMNS} FROM comments ${where} ORDER BY created_millis DESC, id LIMIT ? OFFSET ?`
    return {
      rows: readRows(this.db, { sql, values: [...values, limit, offset] }).map(fromRow),
      total: readCount(this.db, { sql: `SELECT count(*) FROM comments ${where}`, values }),
    }
  }
}

/** The casts are sound because only {@link SqliteCommentStore} writes the table, whose columns are STRICT. */
function fromRow(row: readonly unknown[]): Comment {
  return {
    id: row[0] as string,
    objectType: row[1] as Comment['objectType'],
    objectId: row[2] as string,
    content: row[3] as string,
    authorUserId: row[4] as string | null,
    createdAtMillis: row[5] as number,
  }
}
