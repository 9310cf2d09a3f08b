import { createHash } from 'node:crypto'
import { encodeJson } from './encode-json.js'

/**
 * Makes an id from an item's content: the same content has the same id in every run, so that publishing twice changes nothing.
 *
 * @param content - The item without its id.
 * @returns Thirty-two hexadecimal digits.
 * @throws {LoaderError} `invalid_dataset` if the content cannot be written as JSON.
 */
export function itemIdOf(content: object): string {
  return createHash('sha256').update(encodeJson(content, 'item')).digest('hex').slice(0, 32)
}
