/**
 * Bytes of a string in UTF-8.
 *
 * @param text - Any string; a lone surrogate counts three bytes, as its replacement character does.
 */
export function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length
}
