import { isRecord } from '../is-record.js'

/**
 * Parses JSON that may not be JSON.
 *
 * @param text Anything; only strings are parsed.
 * @returns The value, or undefined when it is no string or no JSON.
 */
export function parseJson(text: unknown): unknown {
  if (typeof text !== 'string') return undefined
  try {
    return JSON.parse(text)
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
