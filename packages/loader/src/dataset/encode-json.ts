import { LoaderError } from '../loader-error.js'

/**
 * Writes a value as one line of JSON.
 *
 * @param value - The value.
 * @param at - What it is, for the message: `item 3`.
 * @returns The text.
 * @throws {LoaderError} `invalid_dataset` if JSON has no form for it: a cycle, a BigInt, nesting deeper than the stack, a function.
 */
export function encodeJson(value: unknown, at: string): string {
  let text: string | undefined
  try {
    // Of a function `undefined`, which the types of the language do not say.
    text = JSON.stringify(value) as string | undefined
  } catch (cause) {
    const reason =
      cause instanceof RangeError ? 'it is nested too deeply' : 'it holds a cycle, a BigInt or a toJSON that throws'
    throw new LoaderError('invalid_dataset', `Cannot write ${at} as JSON: ${reason}: keep plain values in datasets`, {
      cause,
    })
  }
  if (text !== undefined) return text
  const message = `Cannot write ${at} as JSON: it is a function or a symbol, or its toJSON gives nothing: keep plain values in datasets`
  throw new LoaderError('invalid_dataset', message)
}
