import type { AttributeValue } from '@opentelemetry/api'
import { isPlainJson } from '../serialize/is-plain-json.js'
import type { SerializeLimits } from '../serialize/limits.js'
import { toContent } from '../serialize/to-content.js'

/**
 * A value as OpenTelemetry can carry it.
 *
 * @param value - Strings, finite numbers, booleans and arrays of one of these stay what they are; all else becomes JSON.
 * @param limits - Depth, breadth and bytes.
 * @returns `undefined` for `undefined` and `null`: there is nothing to set.
 * @throws Whatever a Proxy's trap throws.
 */
export function toAttributeValue(value: unknown, limits: SerializeLimits): AttributeValue | undefined {
  if (value === null) return undefined
  return isPlain(value) || isFlatList(value, limits) ? value : toContent(value, limits)
}

function isPlain(value: unknown): value is number | boolean {
  return typeof value === 'boolean' || Number.isFinite(value)
}

/** Small lists of one kind are OpenTelemetry arrays; a large one goes through the writer, which bounds it. */
function isFlatList(list: unknown, limits: SerializeLimits): list is string[] | number[] | boolean[] {
  if (!Array.isArray(list) || !isPlainJson(list, limits)) return false
  const kind = typeof list[0]
  // Not by `every`, which leaves out holes.
  for (const item of list) if (typeof item !== kind || !(kind === 'string' || isPlain(item))) return false
  return true
}
