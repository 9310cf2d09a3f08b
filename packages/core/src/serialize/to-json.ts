import { attempt } from '../attempt.js'
import { cutString } from './cut-string.js'
import { isPlainJson } from './is-plain-json.js'
import { DEFAULT_LIMITS, type SerializeLimits } from './limits.js'
import { writeJson } from './write-json.js'

/**
 * Any value as JSON. Never throws, never loses the whole value, never grows past its limits.
 *
 * @param value - Any value: cycles, BigInt, Map, Set, Error, bytes, getters and `toJSON`s that throw, Proxies.
 * @param limits - Depth, breadth and bytes.
 * @returns What `JSON.stringify` gives where that works and fits, else JSON that marks what was cut or could not be written.
 */
export function toJson(value: unknown, limits: SerializeLimits = DEFAULT_LIMITS): string {
  // A getter or a Proxy may throw, and `undefined` at the root has no JSON: the careful writer describes them.
  const json = attempt(() => (isPlainJson(value, limits) ? JSON.stringify(value) : undefined))
  return json !== undefined && cutString(json, limits.maxBytes) === json ? json : writeJson(value, limits)
}
