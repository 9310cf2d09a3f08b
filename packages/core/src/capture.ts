import { log } from './log.js'
import { parameterNames } from './parameter-names.js'

/** Which arguments become the input: all, none, or those with these names. */
export type CaptureArgs = boolean | readonly string[]

/** Changes what is captured before it reaches a span. */
export type Redact = (value: unknown, of: 'input' | 'output') => unknown

/** Stands in for a value whose `redact` threw: nothing leaves unredacted. */
const REDACTION_FAILED = '[redaction failed]'

/**
 * The arguments of a call as an input.
 *
 * @param fn - The function that was called; its source gives the names.
 * @param args - What it was called with.
 * @param which - `true` for all, or the names to pick.
 * @returns A record by parameter name; the list of arguments where no name is known.
 */
export function captureArguments(
  fn: (...args: never[]) => unknown,
  args: readonly unknown[],
  which: CaptureArgs,
): unknown {
  const names = parameterNames(fn)
  if (names === undefined || (names.length === 0 && args.length > 0)) return args
  const isRest = names.length > 0 && fn.length < names.length && args.length > names.length
  const entries = args.map((arg, index) => [nameAt(names, index), arg] as const)
  const record = Object.fromEntries(isRest ? foldRest(entries, names.length) : entries)
  return which === true || which === false ? record : pick(record, which)
}

function nameAt(names: readonly (string | undefined)[], index: number): string {
  return names[index] ?? `arg${index}`
}

/** A rest parameter holds its arguments as a list, as the function sees them. */
function foldRest(entries: readonly (readonly [string, unknown])[], count: number): (readonly [string, unknown])[] {
  const [name = 'rest'] = entries[count - 1] ?? []
  return [...entries.slice(0, count - 1), [name, entries.slice(count - 1).map(([, value]) => value)]]
}

function pick(record: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => Object.hasOwn(record, name)).map((name) => [name, record[name]]))
}

/**
 * Applies `redact`; a redaction that throws hides the whole value.
 *
 * @param value - What was captured.
 * @param of - What it is.
 * @param redact - The caller's function, if any.
 */
export function redacted(value: unknown, of: 'input' | 'output', redact: Redact | undefined): unknown {
  if (redact === undefined) return value
  try {
    return redact(value, of)
  } catch (error) {
    log.error('A redact function threw: the value is left out', error)
    return REDACTION_FAILED
  }
}
