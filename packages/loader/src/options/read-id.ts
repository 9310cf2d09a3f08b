import { invalidOption } from './invalid-option.js'

/**
 * Checks an id.
 *
 * @param value - What the caller passed.
 * @param name - The argument's name, for the message.
 * @returns The id.
 * @throws {LoaderError} `invalid_options` if it is no non-empty string.
 */
export function readId(value: unknown, name: string): string {
  if (typeof value !== 'string' || value.trim() === '')
    throw invalidOption(name, 'it is no id', 'expected a non-empty string')
  return value
}
