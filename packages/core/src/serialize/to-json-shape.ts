/** What a value is to JSON: text that stands for it, or what holds its members; `size` counts those that the limit left out as well. */
export type JsonShape = string | { readonly holder: object; readonly size?: number }

/**
 * Gives an object the shape that JSON has for it, and one that says something where JSON has none: `Map`, `Set`, `RegExp`.
 *
 * @param value - An object; a `toJSON` of its own was called before.
 * @param maxItems - How many members of a `Map` or a `Set` to take.
 * @throws Whatever a Proxy's trap throws.
 */
export function toJsonShape(value: object, maxItems: number): JsonShape {
  // The methods of the classes: an iterator of the value's own may never end.
  if (value instanceof Set) return { holder: take(Set.prototype.values.call(value), maxItems), size: value.size }
  if (value instanceof Map) {
    const entries = take(Map.prototype.entries.call(value), maxItems)
    const isRecord = entries.every(([key]) => typeof key === 'string')
    return { holder: isRecord ? Object.fromEntries(entries) : entries, size: value.size }
  }
  if (value instanceof RegExp || value instanceof URLSearchParams) return String(value)
  if (Array.isArray(value) || value instanceof Error || Object.keys(value).length > 0) return { holder: value }
  // Promises, streams, weak maps: nothing to enumerate, and `{}` would say that they were empty.
  const tag = Object.prototype.toString.call(value)
  return tag === '[object Object]' ? { holder: value } : tag.replace('object ', '')
}

function take<T>(values: Iterable<T>, count: number): T[] {
  const taken: T[] = []
  for (const value of values) {
    if (taken.length >= count) break
    taken.push(value)
  }
  return taken
}

/** The members that JSON shows. What an error says of itself is not enumerable, and what a library added to it is. */
export function jsonKeys(value: object): readonly string[] {
  const keys = Object.keys(value)
  if (!(value instanceof Error)) return keys
  return [...new Set(['name', 'message', 'stack', 'cause', 'errors', ...keys])].filter((key) => key in value)
}
