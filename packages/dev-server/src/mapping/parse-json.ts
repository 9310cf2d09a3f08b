import { isRecord } from '../is-record.js'
import { jsonNestsTooDeep } from '../nests-too-deep.js'

/**
 * Parses JSON that may not be JSON. JSON that nests too deep to be followed stays the text it is.
 *
 * @param text Anything; only strings are parsed.
 * @returns The value, `text` itself when the value nests too deep, or undefined when it is no string or no JSON.
 */
export function parseJson(text: unknown): unknown {
  if (typeof text !== 'string') return undefined
  try {
    const value: unknown = JSON.parse(text)
    return jsonNestsTooDeep(text, value) ? text : value
  } catch {
    return undefined
  }
}

/**
 * Parses a JSON object.
 *
 * @param text Anything; only strings are parsed.
 * @returns The object, or undefined when it is no string, no JSON, or JSON of another kind.
 */
export function parseJsonObject(text: unknown): Record<string, unknown> | undefined {
  const value = parseJson(text)
  return isRecord(value) ? value : undefined
}
