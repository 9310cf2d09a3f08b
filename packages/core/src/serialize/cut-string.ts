import { utf8Length } from './utf8-length.js'

/**
 * Shortens a string to a number of bytes and says how much is gone.
 *
 * @param text - The string.
 * @param maxBytes - Bytes of UTF-8 to keep, the mark not counted.
 * @returns The string as it is when it fits, else its beginning and `…[cut 123 characters]`.
 */
export function cutString(text: string, maxBytes: number): string {
  // UTF-16 units need at most three bytes, so most strings are settled without counting.
  if (text.length * 3 <= maxBytes || (text.length <= maxBytes && utf8Length(text) <= maxBytes)) return text
  let end = 0
  for (let bytes = 0; end < text.length; ) {
    // A pair is kept or cut as a whole.
    const units = (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1
    bytes += utf8Length(text.slice(end, end + units))
    if (bytes > maxBytes) break
    end += units
  }
  return `${text.slice(0, end)}…[cut ${text.length - end} characters]`
}
