/**
 * The beginning of a text, in characters and not in halves of them.
 *
 * @param text The text.
 * @param length How many characters at most.
 * @returns Its beginning.
 */
export function textStart(text: string, length: number): string {
  if (text.length <= length) return text
  // No character takes more than two units.
  return Array.from(text.slice(0, 2 * length))
    .slice(0, length)
    .join('')
}
