import { log } from './log.js'
import type { Parameter } from './parameters-of.js'

/** Which arguments become the input: all, none, or those with these names. */
export type CaptureArgs = boolean | readonly string[]

/** Changes what is captured before it reaches a span. */
export type Redact = (value: unknown, of: 'input' | 'output') => unknown

/** Stands in for a value whose `redact` threw: nothing leaves unredacted. */
const REDACTION_FAILED = '[redaction failed]'

/**
 * The arguments of a call as an input.
 *
 * @param parameters - The function's, `undefined` where its source does not say them.
 * @param args - What it was called with.
 * @param which - `true` for all, or the names to pick. A destructured or unnamed argument goes by `arg0`, `arg1` …
 * @returns A record by parameter name; for `true` the list of arguments where no name is known. Never more than was picked.
 */
export function captureArguments(
  parameters: readonly Parameter[] | undefined,
  args: readonly unknown[],
  which: CaptureArgs,
): unknown {
  if (which === false) return undefined
  const isUnnamed = parameters === undefined || (parameters.length === 0 && args.length > 0)
  if (which === true) return isUnnamed ? args : byName(parameters, args)
  return pick(byName(parameters ?? [], args), which)
}

function byName(parameters: readonly Parameter[], args: readonly unknown[]): Record<string, unknown> {
  const rest = parameters.findIndex(({ isRest }) => isRest)
  const single = rest === -1 ? args : args.slice(0, rest)
  const entries = single.map((arg, index) => [nameAt(parameters, index), arg] as const)
  // A rest parameter holds its arguments as a list, as the function sees them.
  if (rest !== -1) entries.push([nameAt(parameters, rest), args.slice(rest)])
  return Object.fromEntries(entries)
}

function nameAt(parameters: readonly Parameter[], index: number): string {
  return parameters[index]?.name ?? `arg${index}`
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
