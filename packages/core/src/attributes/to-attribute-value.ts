import type { AttributeValue } from '@opentelemetry/api'
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
  if (value === null || typeof value === 'boolean') return value ?? undefined
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (Array.isArray(value) && isFlatList(value, limits)) return value
  return toContent(value, limits)
}

/** Small lists of one kind are OpenTelemetry arrays; a large one goes through the writer, which bounds it. */
function isFlatList(values: readonly unknown[], limits: SerializeLimits): values is string[] | number[] | boolean[] {
  if (values.length > limits.maxItems) return false
  const kind = typeof values[0]
  let bytes = 0
  for (const value of values) {
    if (typeof value !== kind) return false
    if (typeof value === 'string') bytes += value.length * 3
    else if (typeof value === 'number' ? Number.isFinite(value) : typeof value === 'boolean') bytes += 8
    else return false
    if (bytes > limits.maxBytes) return false
  }
  return true
}
