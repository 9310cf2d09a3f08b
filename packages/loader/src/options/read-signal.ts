import { invalidOption } from './invalid-option.js'

/**
 * Checks an abort signal.
 *
 * @param value - What the caller passed.
 * @returns The signal, if there is one.
 * @throws {LoaderError} `invalid_options` if it is something else: an `AbortController`, most likely.
 */
export function readSignal(value: AbortSignal | undefined): AbortSignal | undefined {
  // By what it can do: signals of other realms and of polyfills are no instances of ours.
  if (value === undefined || typeof value?.addEventListener === 'function') return value
  throw invalidOption('signal', 'it is no AbortSignal', 'expected for example AbortSignal.timeout(60_000)')
}
