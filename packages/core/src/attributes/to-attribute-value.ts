import type { AttributeValue } from '@opentelemetry/api'
import type { SerializeLimits } from '../serialize/limits.js'
import { toContent } from '../serialize/to-content.js'

/**
 * A value as OpenTelemetry can carry it.
 *
 * @param value - Strings, finite numbers, booleans and arrays of strings stay what they are; all else becomes JSON.
 * @param limits - Depth, breadth and bytes.
 * @returns `undefined` for `undefined` and `null`: there is nothing to set.
 */
export function toAttributeValue(value: unknown, limits: SerializeLimits): AttributeValue | undefined {
  if (value === null || typeof value === 'boolean') return value ?? undefined
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (Array.isArray(value) && isTextList(value, limits)) return value
  return toContent(value, limits)
}

/** Small lists of text are OpenTelemetry arrays; a large one goes through the writer, which bounds it. */
function isTextList(values: readonly unknown[], limits: SerializeLimits): values is string[] {
  let bytes = 0
  for (const value of values) {
    if (typeof value !== 'string') return false
    bytes += value.length * 3
    if (bytes > limits.maxBytes) return false
  }
  return true
}
