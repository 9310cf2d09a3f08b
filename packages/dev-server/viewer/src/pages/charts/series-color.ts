/**
 * The colour of a line, which is the same in every chart of the page.
 *
 * @param name Null for all that are not named.
 * @param index Its place.
 * @returns What the style sheet calls it.
 */
export function colorOf(name: string | null, index: number): string {
  return name === null ? 'other' : String(index)
}

/**
 * What a line is called.
 *
 * @param name Null for all that are not named.
 * @returns For people.
 */
export function labelOf(name: string | null): string {
  if (name === null) return 'all others'
  return name === '' ? 'unnamed' : name
}
