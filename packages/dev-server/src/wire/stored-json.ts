import { jsonNestsTooDeep } from '../nests-too-deep.js'

/** Digits that a double may not hold: as in Langfuse, such numbers come back as the text they were. */
const LONG_NUMBER = /\d{16}/

/** How JSON can begin: an object, an array, a string, a number, true, false or null. */
const MAYBE_JSON = /^\s*(?:[[{"\d-]|true|false|null)/

/**
 * What stored text stands for: the JSON value in it, or the text itself when it is no JSON, or JSON that nests too deep to be
 * written into an answer. `"1"` comes back as 1, `"true"` as true.
 *
 * @param text A stored value.
 * @returns The value that stands in the answer.
 */
export function storedJson(text: string): unknown {
  // Most values are plain words, and finding that out by an exception is slow.
  if (!MAYBE_JSON.test(text)) return text
  try {
    // A reviver runs on the stack; what leaves it is caught below and stays text, as it should.
    const value: unknown = LONG_NUMBER.test(text) ? JSON.parse(text, keepLongNumbers) : JSON.parse(text)
    return jsonNestsTooDeep(text, value) ? text : value
  } catch {
    return text
  }
}

// The reviver's third parameter, with the source text, exists from Node 21 on; before that long numbers are rounded.
function keepLongNumbers(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined) return value
  return String(value) === context.source || Number.isSafeInteger(value) ? value : context.source
}
