import { invalidOption } from './invalid-option.js'

/**
 * Checks an option that is yes or no.
 *
 * @param value - What the caller passed.
 * @param option - The option's name, for the message.
 * @param fallback - What it is when it is left out.
 * @returns The value.
 * @throws {LoaderError} `invalid_options` if it is neither.
 */
export function readSwitch(value: unknown, option: string, fallback: boolean): boolean {
  if (value === undefined) return fallback
  if (typeof value !== 'boolean') throw invalidOption(option, `it is ${String(value)}`, 'expected true or false')
  return value
}
