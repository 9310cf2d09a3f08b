import type { Media } from '../model/media.js'
import type { Db } from './db.js'
import type { MediaStore } from './media-store.js'
import { readRows } from './read-rows.js'
import { sqlText } from './sql-value.js'

/** Media in SQLite: in the one file with everything else, and as safe. */
export class SqliteMediaStore implements MediaStore {
  private readonly db: Db

  /** @param db The connection, which stays the caller's. */
  constructor(db: Db) {
    this.db = db
  }

  putMedia(media: Media): void {
    this.db
      .prepare('INSERT INTO media (id, media) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET media = excluded.media')
      .run([sqlText(media.id), JSON.stringify(media)])
  }

  findMedia(id: string): Media | undefined {
    const rows = readRows(this.db, { sql: 'SELECT media FROM media WHERE id = ?', values: [sqlText(id)] })
    // Only putMedia writes the column.
    return rows.map(([json]) => JSON.parse(json as string) as Media)[0]
  }

  putContent(id: string, content: Buffer): void {
    this.db.prepare('UPDATE media SET content = ? WHERE id = ?').run([content, sqlText(id)])
  }

  findContent(id: string): Buffer | undefined {
    const rows = readRows(this.db, { sql: 'SELECT content FROM media WHERE id = ?', values: [sqlText(id)] })
    const content = rows[0]?.[0]
    return content instanceof Uint8Array ? Buffer.from(content.buffer, content.byteOffset, content.length) : undefined
  }
}
