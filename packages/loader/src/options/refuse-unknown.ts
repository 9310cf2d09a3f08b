import { invalidOption } from './invalid-option.js'

/**
 * Refuses options that do not exist: a misspelt one that is silently ignored would do something else than was asked for.
 *
 * @param options - What the caller passed; callers without types pass anything.
 * @param names - The options there are.
 * @throws {LoaderError} `invalid_options` naming the first that does not exist, or that there is no object of options.
 */
export function refuseUnknown(options: unknown, names: ReadonlySet<string>): void {
  if (typeof options !== 'object' || options === null) {
    throw invalidOption('options', `it is ${options === null ? 'null' : `a ${typeof options}`}`, 'expected an object')
  }
  for (const name of Object.keys(options)) {
    if (!names.has(name)) throw invalidOption(name, 'it does not exist', `expected one of ${[...names].join(', ')}`)
  }
}
