import { LONGEST_TIMER_MILLIS } from '../longest-timer-millis.js'

/** The bounds of a number option; both ends are allowed. */
export interface NumericLimits {
  readonly least: number
  readonly most: number
  readonly integer: boolean
}

/** The number options. */
export type NumericOption =
  | 'sampleRate'
  | 'timeoutMillis'
  | 'flushIntervalMillis'
  | 'maxBatchSpans'
  | 'maxBatchBytes'
  | 'maxQueueBytes'
  | 'maxQueueSpans'
  | 'concurrency'

/** Which values each number option accepts, whether it comes as an argument or from the environment. */
export const NUMERIC_LIMITS: Readonly<Record<NumericOption, NumericLimits>> = {
  sampleRate: { least: 0, most: 1, integer: false },
  timeoutMillis: { least: 1, most: LONGEST_TIMER_MILLIS, integer: false },
  flushIntervalMillis: { least: 1, most: LONGEST_TIMER_MILLIS, integer: false },
  maxBatchSpans: { least: 1, most: 100_000, integer: true },
  // The least holds a small span, the most what no server takes.
  maxBatchBytes: { least: 1024, most: 2 ** 28, integer: true },
  maxQueueBytes: { least: 64 * 1024, most: Number.MAX_SAFE_INTEGER, integer: true },
  maxQueueSpans: { least: 1, most: Number.MAX_SAFE_INTEGER, integer: true },
  concurrency: { least: 1, most: 1_000, integer: true },
}

/** Whether a value is a number within the limits. */
export function isWithin(value: unknown, { least, most, integer }: NumericLimits): value is number {
  return typeof value === 'number' && value >= least && value <= most && (!integer || Number.isInteger(value))
}
