import type { Media } from '../../model/media.js'
import type { MediaStore } from '../media-store.js'
import type { MemoryTables } from './memory-tables.js'
import { jsonCopy, storedText } from './stored-copy.js'

/** Media in memory. */
export class MemoryMediaStore implements MediaStore {
  private readonly tables: MemoryTables

  /** @param tables Where they are kept. */
  constructor(tables: MemoryTables) {
    this.tables = tables
  }

  putMedia(media: Media): void {
    this.tables.rows.media.set(storedText(media.id), jsonCopy(media))
  }

  findMedia(id: string): Media | undefined {
    return this.tables.rows.media.get(storedText(id))
  }

  putContent(id: string, content: Buffer): void {
    const { media, mediaContents } = this.tables.rows
    // A copy: the bytes of a request may be used again.
    if (media.has(storedText(id))) mediaContents.set(storedText(id), Buffer.from(content))
  }

  findContent(id: string): Buffer | undefined {
    return this.tables.rows.mediaContents.get(storedText(id))
  }
}
