import { attempt } from '../attempt.js'
import { MARK_BYTES } from '../bounds.js'
import { cutString } from './cut-string.js'
import type { SerializeLimits } from './limits.js'
import { jsonKeys, toJsonShape } from './to-json-shape.js'
import { utf8Length } from './utf8-length.js'

/**
 * Writes any value as JSON, however it misbehaves.
 *
 * What cannot be written is described in its place (`[Circular]`, `[Throws: Error: message]`), what does not fit is cut and counted
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
  const hashBudget = { hashed: 0 }
  let left = maxBytes
  let overflowed = false

  /** What JSON writes for a member of an object, or an item of a list: `undefined` where it has nothing. */
  function copyOf(holder: object, key: string | number): unknown {
    try {
      const own = ownJson((holder as Record<PropertyKey, unknown>)[key], key)
      if (typeof own === 'string' || typeof own === 'bigint' || own instanceof String) return cut(String(own))
      const isBoxed = own instanceof Number || own instanceof Boolean
      if (typeof own === 'object' && own && !isBoxed) return copyOfObject(own)
      const json: string | undefined = JSON.stringify(own)
      left -= json?.length ?? 4
      return json && JSON.parse(json)
    } catch (error) {
      // What was thrown may throw as well.
      return cut(attempt(() => `[Throws: ${error}]`) ?? '[Throws]')
    }
  }

  function copyOfObject(object: object): unknown {
    const shape = open.has(object) ? '[Circular]' : toJsonShape(object, hashBudget)
    if (typeof shape === 'string') return cut(shape)
    const keys = Array.isArray(shape) ? undefined : jsonKeys(shape)
    const { length } = keys ?? (shape as unknown[])
    if (open.size === maxDepth) return cut(`[${keys ? 'Object' : 'Array'} of ${length}]`)
    open.add(object)
    // Its brackets.
    left -= 2
    const members: (readonly [PropertyKey, unknown])[] = []
    // Of a Proxy the length may be anything.
    const count = Math.min(length, maxItems)
    let seen = 0
    for (; seen < count && left > 0; seen++) {
      const key = keys?.[seen]
      // The comma, and the colon. What a member costs that turns out to be none stays counted, so that a graph of nothing else comes to an end.
      left -= keys ? 2 : 1
      members.push([key === undefined ? seen : cut(key), copyOf(shape, key ?? seen)])
    }
    if (seen < count) overflowed = true
    if (seen < length) {
      left -= MARK_BYTES
      members.push(['…', `…[cut ${length - seen} ${keys ? 'keys' : 'items'}]`])
    }
    open.delete(object)
    return keys ? Object.fromEntries(members) : members.map(([, member]) => member)
  }

  /** As much of a text as fits into what is left. Escapes make it up to six times longer, so that is measured. */
  function cut(text: string): string {
    const room = Math.max(0, left * stringShare)
    for (let bytes = room; ; bytes /= 2) {
      const kept = cutString(text, bytes)
      const length = utf8Length(JSON.stringify(kept))
      if (length > room + MARK_BYTES) continue
      if (kept !== text) overflowed = true
      left -= length
      return kept
    }
  }

  // At the root it has to be said that there is nothing.
  const json = JSON.stringify(copyOf({ '': value }, '')) ?? `"[${typeof value}]"`
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
