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

/** The members of a record as texts, without those that are `undefined`. */
export function toTexts(record: object): Readonly<Record<string, string>> {
  const texts = Object.entries(record).map(([key, value]) => [key, toContent(value)] as const)
  return Object.fromEntries(texts.filter((entry): entry is [string, string] => entry[1] !== undefined))
}
