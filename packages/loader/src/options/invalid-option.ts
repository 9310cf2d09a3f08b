import { LoaderError } from '../loader-error.js'

/**
 * Makes the error for an option that cannot be used.
 *
 * @param option - The option's or the variable's name.
 * @param found - What is wrong with it, as a clause: `it is -1`.
 * @param advice - What would be right.
 * @returns The error, to be thrown.
 */
export function invalidOption(option: string, found: string, advice: string): LoaderError {
  return new LoaderError('invalid_options', `Invalid option ${option}: ${found}: ${advice}`, { path: option })
}
