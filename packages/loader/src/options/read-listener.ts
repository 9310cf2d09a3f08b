import { invalidOption } from './invalid-option.js'

/**
 * Checks a function that is to be called.
 *
 * @param value - What the caller passed.
 * @param option - The option's name, for the message.
 * @returns The function, if there is one.
 * @throws {LoaderError} `invalid_options` if it is something else.
 */
export function readListener<Listener>(value: Listener | undefined, option: string): Listener | undefined {
  if (value === undefined || typeof value === 'function') return value
  throw invalidOption(option, `it is of type ${typeof value}`, 'expected a function')
}
