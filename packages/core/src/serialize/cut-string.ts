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
  const end = endOfBytes(text, maxBytes)
  return `${text.slice(0, end)}…[cut ${text.length - end} characters]`
}

/** How many UTF-16 units fit. Counts codes and makes no strings: this runs over a MiB of text on the caller's time. */
function endOfBytes(text: string, maxBytes: number): number {
  let bytes = 0
  for (let end = 0; end < text.length; end++) {
    const point = text.codePointAt(end) ?? 0
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
    if (bytes > maxBytes) return end
    // A pair is kept or cut as a whole.
    if (point >= 0x10000) end++
  }
  return text.length
}
