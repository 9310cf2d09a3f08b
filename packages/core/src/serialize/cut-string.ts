/**
 * Shortens a string to a number of bytes and says how much is gone.
 *
 * @param text - The string.
 * @param maxBytes - Bytes of UTF-8 to keep, the mark not counted.
 * @returns The string as it is when it fits, else its beginning and `…[cut 123 characters]`.
 */
export function cutString(text: string, maxBytes: number): string {
  // UTF-16 units need at most three bytes, so most strings are settled without counting.
  if (text.length * 3 <= maxBytes) return text
  let bytes = 0
  // Counts codes and makes no strings: this runs over a MiB of text on the caller's time.
  for (let end = 0; end < text.length; end++) {
    const point = text.codePointAt(end) ?? 0
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
    if (bytes > maxBytes) return `${text.slice(0, end)}…[cut ${text.length - end} characters]`
    // A pair is kept or cut as a whole.
    if (point >= 0x10000) end++
  }
  return text
}
