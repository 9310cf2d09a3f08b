/**
 * How deep JSON from outside is followed, in levels of arrays and objects: deeper than any payload a program makes for itself.
 * What nests deeper is kept as text. `JSON.stringify` and everything recursive would leave the stack with it, and one value
 * must not take its whole batch along.
 */
export const MAX_JSON_DEPTH = 128

/**
 * Whether a value nests deeper than it may. It looks no further than that, so it cannot leave the stack itself.
 *
 * @param value Anything, usually fresh from `JSON.parse`, which has no limit.
 * @param maxDepth How many levels of arrays and objects are fine.
 * @returns True when there are more.
 */
export function nestsTooDeep(value: unknown, maxDepth: number = MAX_JSON_DEPTH): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (maxDepth === 0) return true
  const items: readonly unknown[] = Array.isArray(value) ? value : Object.values(value)
  return items.some((item) => nestsTooDeep(item, maxDepth - 1))
}

/**
 * Whether JSON nests deeper than {@link MAX_JSON_DEPTH}.
 *
 * @param text The JSON.
 * @param value What it parsed to.
 * @returns True when `value` must not be used and `text` stays what it is.
 */
export function jsonNestsTooDeep(text: string, value: unknown): boolean {
  // A level costs two brackets, so most texts need not be looked at.
  return text.length > 2 * MAX_JSON_DEPTH && nestsTooDeep(value)
}
