import { invalidOption } from './invalid-option.js'

/**
 * Refuses `partial: 'return'` where there is nothing to return a part in.
 *
 * @param partial - The option.
 * @param reason - Why, and what to do.
 * @throws {LoaderError} `invalid_options`.
 */
export function refusePartial(partial: unknown, reason: string): void {
  if (partial === 'return') throw invalidOption('partial', "it is 'return'", reason)
}
