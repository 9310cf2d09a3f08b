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
  // A pair of surrogates is taken or left as a whole.
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(maxBytes))
  return read === text.length ? text : `${text.slice(0, read)}…[cut ${text.length - read} characters]`
}
