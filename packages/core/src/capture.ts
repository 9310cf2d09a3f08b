import { attempt } from './attempt.js'
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
  which: true | readonly string[],
): unknown {
  if (which === true)
    return parameters?.length || args.length === 0 ? Object.fromEntries(byName(parameters, args)) : args
  return Object.fromEntries(byName(parameters, args).filter(([name]) => which.includes(name)))
}

function byName(parameters: readonly Parameter[] = [], args: readonly unknown[]): (readonly [string, unknown])[] {
  const named = (value: unknown, index: number) => [parameters[index]?.name ?? `arg${index}`, value] as const
  const rest = parameters.findIndex(({ isRest }) => isRest)
  if (rest === -1) return args.map(named)
  // A rest parameter holds its arguments as a list, as the function sees them.
  return [...args.slice(0, rest).map(named), named(args.slice(rest), rest)]
}

/**
 * Applies `redact`; a redaction that throws hides the whole value.
 *
 * @param value - What was captured.
 * @param of - What it is.
 * @param redact - The caller's function, if any.
 */
export function redacted(value: unknown, of: 'input' | 'output', redact: Redact | undefined): unknown {
  if (!redact) return value
  let result: unknown = REDACTION_FAILED
  attempt(() => {
    result = redact(value, of)
  }, 'redact a value')
  return result
}
