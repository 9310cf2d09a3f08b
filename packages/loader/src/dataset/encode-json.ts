import { LoaderError } from '../loader-error.js'

/**
 * Writes a value as one line of JSON.
 *
 * @param value - The value.
 * @param at - What it is, for the message: `item 3`.
 * @returns The text.
 * @throws {LoaderError} `invalid_dataset` if JSON has no form for it: a cycle, a BigInt, nesting deeper than the stack.
 */
export function encodeJson(value: object, at: string): string {
  try {
    return JSON.stringify(value)
  } catch (cause) {
    const reason =
      cause instanceof RangeError ? 'it is nested too deeply' : 'it holds a cycle, a BigInt or a toJSON that throws'
    throw new LoaderError('invalid_dataset', `Cannot write ${at} as JSON: ${reason}: keep plain values in datasets`, {
      cause,
    })
  }
}
