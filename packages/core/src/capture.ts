import { attempt } from './attempt.js'

/** Which arguments become the input: all, none, or those with these names. */
export type CaptureArgs = boolean | readonly string[]

/** Changes what is captured before it reaches a span. */
export type Redact = (value: unknown, of: 'input' | 'output') => unknown

/**
 * The arguments of a call as an input.
 *
 * @param parameters - The function's, as `parametersOf` has them; none where its source does not say them.
 * @param args - What it was called with.
 * @param which - `true` for all, or the names to pick. A destructured or unnamed argument goes by `arg0`, `arg1` …
 * @returns A record by parameter name. Never more than was picked.
 */
export function captureArguments(
  parameters: readonly string[],
  args: readonly unknown[],
  which: true | readonly string[],
): unknown {
  const named = (value: unknown, index: number) =>
    [parameters[index]?.replace('...', '') ?? `arg${index}`, value] as const
  const rest = parameters.findIndex((name) => name.startsWith('...'))
  // A rest parameter holds its arguments as a list, as the function sees them.
  const values = rest === -1 ? args : [...args.slice(0, rest), args.slice(rest)]
  return Object.fromEntries(values.map(named).filter(([name]) => which === true || which.includes(name)))
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
  // Nothing leaves unredacted.
  let result: unknown = '[redaction failed]'
  attempt(() => {
    result = redact(value, of)
  }, 'redact a value')
  return result
}
