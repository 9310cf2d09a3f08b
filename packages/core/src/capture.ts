import { attempt } from './attempt.js'
import { processSlot } from './process-slot.js'

/** Which arguments become the input: all, none, or those with these names. */
export type CaptureArgs = boolean | readonly string[]

/** Changes what is captured before it reaches a span. */
export type Redact = (value: unknown, of: 'input' | 'output') => unknown

/**
 * The arguments of a call as an input.
 *
 * @param fn - What was called.
 * @param args - What it was called with.
 * @param which - `true` for all, or the names to pick. An argument without a name goes by `arg0`, `arg1` …
 * @returns A record by name. Never more than was picked.
 */
export function captureArguments(
  fn: (...args: never[]) => unknown,
  args: readonly unknown[],
  which: true | readonly string[],
): Readonly<Record<string, unknown>> {
  const byPlace = args.map((value, index) => [`arg${index}`, value] as const)
  const named = processSlot().node?.nameArguments(fn, args) ?? byPlace
  return Object.fromEntries(named.filter(([name]) => which === true || which.includes(name)))
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
