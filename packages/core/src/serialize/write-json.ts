import { attempt } from '../attempt.js'
import { cutString } from './cut-string.js'
import { describeBytes, isBytes, MAX_HASHED_BYTES } from './describe-bytes.js'
import type { SerializeLimits } from './limits.js'
import { jsonKeys, toJsonShape } from './to-json-shape.js'
import { utf8Length } from './utf8-length.js'

// Room for the quotes and the mark of a string that was cut.
const MARK_BYTES = 64

/**
 * Writes any value as JSON, however it misbehaves.
 *
 * What cannot be written is described in its place (`[Circular]`, `[Throws: message]`), what does not fit is cut and counted
 * (`…[cut 12 items]`).
 *
 * @param value - Any value.
 * @param limits - Depth, breadth and bytes.
 * @param stringShare - The part of what is left that one string may take. A value that is too large is written again with every string held to
 *   half of what is left, so that one long document does not take the place of all that follows it.
 * @returns Valid JSON of at most `limits.maxBytes` bytes and the marks that close it.
 */
export function writeJson(value: unknown, limits: SerializeLimits, stringShare = 1): string {
  const { maxBytes, maxDepth, maxItems } = limits
  /** The containers that are open, to tell a cycle from a repeated reference. */
  const open = new Set<object>()
  const budget = { hashable: MAX_HASHED_BYTES }
  let left = maxBytes
  let overflowed = false

  /** @returns `undefined` where JSON has nothing: functions, symbols, `undefined`. */
  function writeMember(holder: object, key: string | number, depth: number): string | undefined {
    try {
      // A member of an object, or an item of a list.
      const own = unboxed(ownJson((holder as Record<PropertyKey, unknown>)[key], key))
      if (typeof own === 'string' || typeof own === 'bigint') return writeText(String(own))
      if (typeof own === 'object' && own !== null) return writeObject(own, depth)
      const json: string | undefined = JSON.stringify(own)
      return json && charged(json)
    } catch (error) {
      const message = attempt(() => String(error instanceof Error ? error.message : error).slice(0, 200)) ?? 'unknown'
      return writeText(`[Throws: ${message}]`)
    }
  }

  function writeObject(object: object, depth: number): string {
    if (isBytes(object)) return writeText(describeBytes(object, budget))
    const shape = toJsonShape(object, maxItems)
    if (typeof shape === 'string') return writeText(shape)
    if (open.has(object)) return writeText('[Circular]')
    const { holder } = shape
    const keys = Array.isArray(holder) ? undefined : jsonKeys(holder)
    const { length } = keys ?? (holder as unknown[])
    const size = shape.size ?? length
    if (depth === maxDepth) return writeText(`[${keys ? 'Object' : 'Array'} of ${size}]`)
    open.add(object)
    // Its brackets.
    left -= 2
    // Of a Proxy the length may be anything.
    const members = writeMembers(holder, keys, Math.min(length, maxItems), size, depth + 1)
    open.delete(object)
    return keys ? `{${members}}` : `[${members}]`
  }

  function writeMembers(
    holder: object,
    keys: readonly string[] | undefined,
    count: number,
    size: number,
    depth: number,
  ): string[] {
    const members: string[] = []
    let seen = 0
    for (; seen < count && left > 0; seen++) {
      const key = keys?.[seen]
      // The comma, and the colon. What a member costs that turns out to be none stays counted, so that a graph of nothing else comes to an end.
      left -= keys ? 2 : 1
      const name = key === undefined ? '' : `${writeText(key)}:`
      const json = writeMember(holder, key ?? seen, depth)
      if (json !== undefined || !keys) members.push(name + (json ?? charged('null')))
    }
    if (seen < count) overflowed = true
    const cut = size - seen
    if (cut > 0) members.push(charged(keys ? `"…":"[cut ${cut} keys]"` : `"…[cut ${cut} items]"`))
    return members
  }

  /** A JSON string that fits into what is left. Escapes make it up to six times longer than its text, so that is measured. */
  function writeText(text: string): string {
    const room = Math.max(0, left * stringShare)
    let kept = cutString(text, room)
    let json = JSON.stringify(kept)
    for (let bytes = room; utf8Length(json) > room + MARK_BYTES; json = JSON.stringify(kept)) {
      bytes /= 2
      kept = cutString(text, bytes)
    }
    if (kept !== text) overflowed = true
    return charged(json)
  }

  function charged(json: string): string {
    left -= utf8Length(json)
    return json
  }

  // At the root it has to be said that there is nothing.
  const json = writeMember({ '': value }, '', 0) ?? writeText(describe(value))
  return overflowed && stringShare === 1 ? writeJson(value, limits, 0.5) : json
}

/** What `toJSON` makes of a value; the value itself where there is none or it throws. Bytes are never turned into arrays of numbers. */
function ownJson(value: unknown, key: string | number): unknown {
  if (value === null || value === undefined || ArrayBuffer.isView(value)) return value
  const own = attempt(() => {
    const { toJSON } = value as { toJSON?: unknown }
    return typeof toJSON === 'function' ? [toJSON.call(value, String(key))] : undefined
  })
  return own ? own[0] : value
}

/** The scalar in an object around one, as `JSON.stringify` takes it out. */
function unboxed(value: unknown): unknown {
  if (value instanceof Number) return Number(value)
  if (value instanceof String) return String(value)
  return value instanceof Boolean ? Boolean.prototype.valueOf.call(value) : value
}

function describe(value: unknown): string {
  // A class may have a static `name` that throws, a revoked Proxy has nothing at all.
  if (typeof value === 'function') return attempt(() => `[Function ${value.name || 'anonymous'}]`) ?? '[Function]'
  // What else JSON has nothing for: a symbol, `undefined`, and a `toJSON` that gives it.
  return `[${typeof value === 'symbol' ? String(value) : undefined}]`
}
