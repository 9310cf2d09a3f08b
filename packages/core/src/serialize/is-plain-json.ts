import type { SerializeLimits } from './limits.js'

/**
 * Whether the engine's own `JSON.stringify` may take a value: nothing that it loses or throws on, small enough, not deep.
 *
 * A walk without memory of what it saw: a cycle ends at the depth limit, a widely shared graph at the count.
 *
 * @param value - Any value.
 * @param limits - What counts as too deep, too wide, too large.
 */
export function isPlainJson(value: unknown, limits: SerializeLimits): boolean {
  // Characters and nodes are counted together: both cost the writer.
  return walk(value, limits, limits.maxDepth, { left: limits.maxBytes })
}

function walk(value: unknown, limits: SerializeLimits, depth: number, budget: { left: number }): boolean {
  if (typeof value === 'string') {
    budget.left -= value.length
    return budget.left >= 0
  }
  // No value takes less than this: a digit or a bracket, and what separates it from the next.
  budget.left -= 2
  if (budget.left < 0) return false
  if (typeof value !== 'object') return typeof value !== 'bigint'
  if (value === null) return true
  if (depth === 0) return false
  if (Array.isArray(value)) {
    if (value.length > limits.maxItems) return false
    for (let i = 0; i < value.length; i++) if (!walk(value[i], limits, depth - 1, budget)) return false
    return !('toJSON' in value)
  }
  const prototype = Object.getPrototypeOf(value)
  // Class instances, Map, Error, Buffer …: the careful writer knows what to do with them.
  if (prototype !== Object.prototype && prototype !== null) return value instanceof Date
  const keys = Object.keys(value)
  if (keys.length > limits.maxItems || 'toJSON' in value) return false
  for (const key of keys) {
    budget.left -= key.length
    // The value is an object; `keys` are its own.
    if (!walk((value as Record<string, unknown>)[key], limits, depth - 1, budget)) return false
  }
  return true
}
