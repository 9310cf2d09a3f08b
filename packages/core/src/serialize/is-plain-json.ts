import type { SerializeLimits } from './limits.js'

/**
 * Whether the engine's own `JSON.stringify` may take a value: nothing that it loses or throws on, small enough, not deep.
 *
 * A walk without memory of what it saw: a cycle ends at the depth limit, a widely shared graph at the count.
 *
 * @param value - Any value.
 * @param limits - What counts as too deep, too wide, too large.
 */
export function isPlainJson(value: unknown, { maxBytes, maxDepth, maxItems }: SerializeLimits): boolean {
  // Characters and nodes are counted together, because both take time: no value takes less than two, quotes or a digit and what separates it.
  let left = maxBytes

  function walk(node: unknown, depth: number): boolean {
    left -= typeof node === 'string' ? node.length + 2 : 2
    if (left < 0) return false
    if (typeof node !== 'object') return typeof node !== 'bigint'
    if (node === null) return true
    let items = 0
    if (Array.isArray(node)) {
      if (depth === 0 || node.length > maxItems || 'toJSON' in node) return false
      while (items < node.length) if (!walk(node[items++], depth - 1)) return false
      return true
    }
    const prototype = Object.getPrototypeOf(node)
    // Class instances, Map, Error, Buffer …: the careful writer knows what to do with them.
    if (prototype !== Object.prototype && prototype !== null) return node instanceof Date
    if (depth === 0) return false
    // Faster than a list of the keys, and finds a `toJSON` that somebody gave to all objects as well.
    for (const key in node) {
      left -= key.length
      if (key === 'toJSON' || ++items > maxItems) return false
      // It has the key, whoever's it is.
      if (!walk((node as Record<string, unknown>)[key], depth - 1)) return false
    }
    return true
  }

  return walk(value, maxDepth)
}
