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
  /** The containers that are open, to tell a cycle from a repeated reference; as many as the depth. */
  const open = new Set<object>()
  const budget = { hashable: MAX_HASHED_BYTES }
  let left = maxBytes
  let overflowed = false

  /** @returns `undefined` where JSON has nothing: functions, symbols, `undefined`. */
  function writeMember(holder: object, key: string | number): string | undefined {
    try {
      // A member of an object, or an item of a list.
      const own = ownJson((holder as Record<PropertyKey, unknown>)[key], key)
      if (typeof own === 'string' || typeof own === 'bigint' || own instanceof String) return writeText(String(own))
      const isScalar = Object(own) !== own || own instanceof Number || own instanceof Boolean
      if (!isScalar && typeof own === 'object') return writeObject(own as object)
      const json: string | undefined = JSON.stringify(own)
      return json && charged(json)
    } catch (error) {
      const message = attempt(() => String((error as Error | undefined)?.message ?? error).slice(0, 200)) ?? 'unknown'
      return writeText(`[Throws: ${message}]`)
    }
  }

  function writeObject(object: object): string {
    if (isBytes(object)) return writeText(describeBytes(object, budget))
    const shape = toJsonShape(object, maxItems)
    if (typeof shape === 'string') return writeText(shape)
    if (open.has(object)) return writeText('[Circular]')
    const { holder } = shape
    const keys = Array.isArray(holder) ? undefined : jsonKeys(holder)
    const { length } = keys ?? (holder as unknown[])
    const { size = length } = shape
    if (open.size === maxDepth) return writeText(`[${keys ? 'Object' : 'Array'} of ${size}]`)
    open.add(object)
    // Its brackets.
    left -= 2
    const members: string[] = []
    // Of a Proxy the length may be anything.
    const count = Math.min(length, maxItems)
    let seen = 0
    for (; seen < count && left > 0; seen++) {
      const key = keys?.[seen]
      // The comma, and the colon. What a member costs that turns out to be none stays counted, so that a graph of nothing else comes to an end.
      left -= keys ? 2 : 1
      const name = key === undefined ? '' : `${writeText(key)}:`
      const json = writeMember(holder, key ?? seen)
      if (json !== undefined || !keys) members.push(name + (json ?? charged('null')))
    }
    if (seen < count) overflowed = true
    const cut = size - seen
    if (cut > 0) members.push(charged(keys ? `"…":"[cut ${cut} keys]"` : `"…[cut ${cut} items]"`))
    open.delete(object)
    return keys ? `{${members}}` : `[${members}]`
  }

  /** A JSON string that fits into what is left. Escapes make it up to six times longer than its text, so that is measured. */
  function writeText(text: string): string {
    const room = Math.max(0, left * stringShare)
    for (let bytes = room; ; bytes /= 2) {
      const kept = cutString(text, bytes)
      const json = JSON.stringify(kept)
      if (utf8Length(json) > room + MARK_BYTES) continue
      if (kept !== text) overflowed = true
      return charged(json)
    }
  }

  function charged(json: string): string {
    left -= utf8Length(json)
    return json
  }

  // At the root it has to be said that there is nothing.
  const json = writeMember({ '': value }, '') ?? writeText(describe(value))
  return overflowed && stringShare === 1 ? writeJson(value, limits, 0.5) : json
}

/** What `toJSON` makes of a value; the value itself where there is none or it throws. Bytes are never turned into arrays of numbers. */
function ownJson(value: unknown, key: string | number): unknown {
  let own = value
  attempt(() => {
    const toJSON = (value as { toJSON?: unknown } | null | undefined)?.toJSON
    if (typeof toJSON === 'function' && !ArrayBuffer.isView(value)) own = toJSON.call(value, String(key))
  })
  return own
}

/** What JSON has nothing for: a function, a symbol, `undefined`, and a `toJSON` that gives one of these. */
function describe(value: unknown): string {
  // A class may have a static `name` of any kind, a revoked Proxy has nothing at all.
  if (typeof value === 'function') return `[Function ${attempt(() => String(value.name)) || 'anonymous'}]`
  return `[${typeof value === 'symbol' ? String(value) : undefined}]`
}
