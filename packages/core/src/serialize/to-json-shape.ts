import { tagOf } from '../tag-of.js'
import { describeBytes, type HashBudget } from './describe-bytes.js'

/**
 * Gives an object the shape that JSON has for it, and one that says something where JSON has none: bytes, `Map`, `Set`, `RegExp`.
 *
 * @param value - An object; a `toJSON` of its own was called before.
 * @param budget - Bytes that may still be hashed.
 * @returns What holds its members, or text that stands for it.
 * @throws Whatever a Proxy's trap throws.
 */
export function toJsonShape(value: object, budget: HashBudget): object | string {
  if (ArrayBuffer.isView(value)) return describeBytes(value, budget)
  // The methods of the classes: an iterator of the value's own may never end.
  if (value instanceof Set) return [...Set.prototype.values.call(value)]
  if (value instanceof Map) {
    const entries = [...Map.prototype.entries.call(value)]
    return entries.every(([key]) => typeof key === 'string') ? Object.fromEntries(entries) : entries
  }
  if (Array.isArray(value) || value instanceof Error || Object.keys(value).length > 0) return value
  const tag = tagOf(value)
  if (tag === '[object Object]') return value
  // Promises, streams, weak maps say no more than what they are, and `{}` would say that they were empty.
  return /ArrayBuffer]$/.test(tag)
    ? describeBytes(value as ArrayBuffer, budget)
    : String(value).replace(/^\[object /, '[')
}

/** The members that JSON shows. What an error says of itself is not enumerable, and what a library added to it is. */
export function jsonKeys(value: object): readonly string[] {
  const keys = Object.keys(value)
  if (!(value instanceof Error)) return keys
  return [...new Set(['name', 'message', 'stack', 'cause', 'errors', ...keys])]
}
