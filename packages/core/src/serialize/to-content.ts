import { cutString } from './cut-string.js'
import { DEFAULT_LIMITS, type SerializeLimits } from './limits.js'
import { toJson } from './to-json.js'

/**
 * A value as the text of an input, output or metadata attribute: strings as they are (Langfuse shows them as text), all else as JSON.
 *
 * @param value - Any value.
 * @param limits - Depth, breadth and bytes.
 * @returns `undefined` for `undefined`: there is nothing to set.
 */
export function toContent(value: unknown, limits: SerializeLimits = DEFAULT_LIMITS): string | undefined {
  if (value === undefined) return undefined
  return typeof value === 'string' ? cutString(value, limits.maxBytes) : toJson(value, limits)
}
