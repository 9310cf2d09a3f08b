import { OptionGroup } from './option-group.js'

/** Which traces are kept although `sampleRate` leaves them out. */
export interface TailSettings {
  /** Traces in which a span fails. @default true */
  readonly errors?: boolean | undefined
  /** Traces whose first span takes at least this long, in milliseconds. @default none */
  readonly slowerThanMillis?: number | undefined
  /** How long spans of a trace that is not decided wait, in milliseconds. @default 60,000 */
  readonly windowMillis?: number | undefined
  /** How many spans wait at most; the oldest traces give way. @default 10,000 */
  readonly maxSpans?: number | undefined
}

/** Settings after argument and default were consulted. */
export interface ResolvedTailSettings {
  readonly errors: boolean
  readonly slowerThanMillis: number | undefined
  readonly windowMillis: number
  readonly maxSpans: number
}

const MILLIS = { least: 1, most: 2 ** 31 - 1, integer: false }
const SPANS = { least: 1, most: 1_000_000, integer: true }

/**
 * Settles the tail rule.
 *
 * @param given - The argument.
 * @returns Undefined when there is to be none.
 * @throws {ExporterError} `invalid_options` if the argument cannot be used.
 */
export function resolveTail(given: unknown): ResolvedTailSettings | undefined {
  if (given === undefined || given === null) return undefined
  const group = new OptionGroup('alwaysKeep', given, ['errors', 'slowerThanMillis', 'windowMillis', 'maxSpans'])
  return {
    errors: group.flag('errors') ?? true,
    slowerThanMillis: group.number('slowerThanMillis', MILLIS),
    windowMillis: group.number('windowMillis', MILLIS) ?? 60_000,
    maxSpans: group.number('maxSpans', SPANS) ?? 10_000,
  }
}
