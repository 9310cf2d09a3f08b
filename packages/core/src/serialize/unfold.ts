import { describeBytes } from './describe-bytes.js'

/** What a value is to JSON: a finished scalar, a list, or named members; `cut` counts what the limit left out. */
export type Unfolded =
  | { readonly shape: 'scalar'; readonly scalar: string | number | boolean | null | undefined }
  | { readonly shape: 'list'; readonly count: number; readonly read: (index: number) => unknown; readonly cut: number }
  | {
      readonly shape: 'members'
      readonly keys: readonly string[]
      readonly read: (key: string) => unknown
      readonly cut: number
    }

/** What unfolding may cost. */
export interface UnfoldLimits {
  /** Items or keys to take of one value. */
  readonly maxItems: number
  /** Bytes that may still be hashed; counted down. */
  hashable: number
}

/**
 * Gives a value the shape that JSON has for it, and one that says something where JSON has none: `Map`, `Set`, `Error`, `RegExp`, bytes,
 * BigInt. Functions, symbols and `undefined` are `undefined`, as `JSON.stringify` has them.
 *
 * @param value - Any value; a `toJSON` of its own was called before.
 * @param limits - What may be taken.
 * @throws Whatever a Proxy's trap throws.
 */
export function unfold(value: unknown, limits: UnfoldLimits): Unfolded {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return scalar(value)
    case 'number':
      return scalar(Number.isFinite(value) ? value : null)
    case 'bigint':
      return scalar(value.toString())
    case 'object':
      return value === null ? scalar(null) : unfoldObject(value, limits)
    default:
      return scalar(undefined)
  }
}

function unfoldObject(value: object, limits: UnfoldLimits): Unfolded {
  const { maxItems } = limits
  if (Array.isArray(value)) return list(value, value.length, maxItems)
  if (isBytes(value)) return scalar(describeBytes(value, limits))
  if (value instanceof Map) return unfoldMap(value, maxItems)
  if (value instanceof Set) return list(take(value, maxItems), value.size, maxItems)
  if (value instanceof Error) return unfoldError(value, maxItems)
  if (value instanceof Number || value instanceof String || value instanceof Boolean)
    return unfold(value.valueOf(), limits)
  if (value instanceof RegExp || value instanceof URLSearchParams) return scalar(String(value))
  const keys = Object.keys(value)
  // Promises, streams, weak maps: nothing to enumerate, and `{}` would say that they were empty.
  const tag = keys.length === 0 ? Object.prototype.toString.call(value).slice(8, -1) : 'Object'
  return tag === 'Object' ? members(value, keys, maxItems) : scalar(`[${tag}]`)
}

function unfoldMap(map: ReadonlyMap<unknown, unknown>, maxItems: number): Unfolded {
  const entries = take(map, maxItems)
  if (!entries.every((entry): entry is [string, unknown] => typeof entry[0] === 'string'))
    return list(entries, map.size, maxItems)
  return members(Object.fromEntries(entries), undefined, maxItems, map.size)
}

/** What an error says of itself is not enumerable, and what a library added to it is. */
function unfoldError(error: Error, maxItems: number): Unfolded {
  const own = ['name', 'message', 'stack', 'cause', 'errors'].filter((key) => key in error)
  return members(error, [...new Set([...own, ...Object.keys(error)])], maxItems)
}

function isBytes(value: object): value is ArrayBufferView | ArrayBufferLike {
  return (
    ArrayBuffer.isView(value) ||
    value instanceof ArrayBuffer ||
    (typeof SharedArrayBuffer !== 'undefined' && value instanceof SharedArrayBuffer)
  )
}

function scalar(value: string | number | boolean | null | undefined): Unfolded {
  return { shape: 'scalar', scalar: value }
}

// Items and members are read one by one, when they are written: each may throw for itself, and the others are kept.

function list(items: readonly unknown[], size: number, maxItems: number): Unfolded {
  // A Proxy's length may be anything, a subclass' size may be less than it holds.
  const count = Math.max(0, Math.min(items.length, maxItems)) || 0
  return { shape: 'list', count, read: (index) => items[index], cut: Math.max(0, size - count) || 0 }
}

function members(
  value: object,
  keys: readonly string[] = Object.keys(value),
  maxItems = keys.length,
  size = keys.length,
): Unfolded {
  const kept = keys.length > maxItems ? keys.slice(0, maxItems) : keys
  return {
    shape: 'members',
    keys: kept,
    read: (key) => (value as Record<string, unknown>)[key],
    cut: Math.max(0, size - kept.length) || 0,
  }
}

function take<T>(values: Iterable<T>, count: number): T[] {
  const taken: T[] = []
  for (const value of values) {
    if (taken.length >= count) break
    taken.push(value)
  }
  return taken
}
