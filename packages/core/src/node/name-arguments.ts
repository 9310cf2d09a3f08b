import { parametersOf } from './parameters-of.js'

// Reading a source costs more than a span, and it does not change.
const known = new WeakMap<object, readonly string[]>()

/**
 * Names the arguments of a call as the function's source does.
 *
 * @param fn - What was called.
 * @param args - What it was called with; those of a rest parameter become one list, as the function sees them.
 * @returns Name and value of each; `arg2` for one without a name in the third place.
 */
export function nameArguments(
  fn: (...args: never[]) => unknown,
  args: readonly unknown[],
): readonly (readonly [string, unknown])[] {
  const parameters = known.get(fn) ?? parametersOf(fn)
  known.set(fn, parameters)
  const rest = parameters.findIndex((name) => name.startsWith('...'))
  const values = rest === -1 ? args : [...args.slice(0, rest), args.slice(rest)]
  return values.map((value, index) => [parameters[index]?.replace('...', '') ?? `arg${index}`, value])
}
