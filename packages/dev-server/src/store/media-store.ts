import type { Media } from '../model/media.js'

/** Where media live: what is known of them, and their content. */
export interface MediaStore {
  /**
   * Writes what is known of a file; it replaces what was known under its id, and leaves the content as it is.
   *
   * @param media The file.
   */
  putMedia(media: Media): void
  /**
   * Finds what is known of a file.
   *
   * @param id Its id.
   * @returns The file, or undefined.
   */
  findMedia(id: string): Media | undefined
  /**
   * Writes the content of a file that is known.
   *
   * @param id Its id.
   * @param content The bytes.
   */
  putContent(id: string, content: Buffer): void
  /**
   * Reads the content of a file.
   *
   * @param id Its id.
   * @returns The bytes, or undefined when there are none.
   */
  findContent(id: string): Buffer | undefined
}
