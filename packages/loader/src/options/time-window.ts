import { invalidOption } from './invalid-option.js'
import { parseTimestamp } from './parse-timestamp.js'

/** How the window of a fetch is given. */
export type WindowMode = 'days_back' | 'hours_back' | 'absolute'

/** The options that say when the root of a wanted trace started. */
export interface TimeWindowOptions {
  /** @default inferred: `absolute` with a timestamp, `hours_back` with `hoursBack`, else `days_back` */
  mode?: WindowMode
  /** Days before now; fractions allowed. @default 7 */
  daysBack?: number
  /** Hours before now; fractions allowed. @default 24 */
  hoursBack?: number
  /** First instant, inclusive. A string without a zone is UTC. Required in mode `absolute`. */
  fromTimestamp?: Date | string
  /** Last instant, exclusive. A string without a zone is UTC. @default no upper end */
  toTimestamp?: Date | string
}

/** A half-open range of root start times. */
export interface TimeWindow {
  readonly from: Date
  /** Exclusive; `undefined` is open, so that a sender's fast clock hides no trace. */
  readonly to: Date | undefined
}

const DEFAULT_DAYS_BACK = 7
const DEFAULT_HOURS_BACK = 24
const MILLIS_PER_HOUR = 3_600_000
// Earlier instants have no year of four digits, and so no form in ISO 8601 that every reader takes.
const EARLIEST_MILLIS = Date.parse('0000-01-01T00:00:00.000Z')
const WINDOW_OPTIONS = ['mode', 'daysBack', 'hoursBack', 'fromTimestamp', 'toTimestamp'] as const
const OPTIONS_OF_MODE: Readonly<Record<WindowMode, readonly string[]>> = {
  days_back: ['mode', 'daysBack'],
  hours_back: ['mode', 'hoursBack'],
  absolute: ['mode', 'fromTimestamp', 'toTimestamp'],
}

/**
 * Tells whether the caller said anything about time.
 *
 * @param options - The caller's options.
 * @returns `true` if any window option is set.
 */
export function hasTimeWindow(options: TimeWindowOptions): boolean {
  return WINDOW_OPTIONS.some((name) => options[name] !== undefined)
}

/**
 * Turns the window options into two instants.
 *
 * @param options - The caller's options.
 * @param nowMillis - The present, in milliseconds since the epoch.
 * @returns The window.
 * @throws {LoaderError} `invalid_options` if options contradict each other or are impossible, naming them.
 */
export function resolveTimeWindow(options: TimeWindowOptions, nowMillis: number): TimeWindow {
  const mode = readMode(options)
  for (const name of WINDOW_OPTIONS) {
    if (options[name] !== undefined && !OPTIONS_OF_MODE[mode].includes(name)) {
      throw invalidOption(name, `it contradicts ${rivalOf(options, mode)}`, 'give the window in one way only')
    }
  }
  if (mode === 'absolute') return absoluteWindow(options, nowMillis)
  const [name, unitMillis, fallback] =
    mode === 'days_back'
      ? (['daysBack', 24 * MILLIS_PER_HOUR, DEFAULT_DAYS_BACK] as const)
      : (['hoursBack', MILLIS_PER_HOUR, DEFAULT_HOURS_BACK] as const)
  const amount = readAmount(options[name] ?? fallback, name, (nowMillis - EARLIEST_MILLIS) / unitMillis)
  return { from: new Date(nowMillis - amount * unitMillis), to: undefined }
}

/**
 * Says a window in the way in which the caller gave it, so that the same call made later can be recognized.
 *
 * @param options - The caller's options, checked.
 * @returns Text that is the same for the same window.
 */
export function windowKey(options: TimeWindowOptions): string {
  switch (readMode(options)) {
    case 'days_back':
      return `${options.daysBack ?? DEFAULT_DAYS_BACK} days back`
    case 'hours_back':
      return `${options.hoursBack ?? DEFAULT_HOURS_BACK} hours back`
    case 'absolute': {
      const [from, to] = [options.fromTimestamp, options.toTimestamp].map((value, index) =>
        value === undefined
          ? 'open'
          : parseTimestamp(value, index === 0 ? 'fromTimestamp' : 'toTimestamp').toISOString(),
      )
      return `${from} to ${to}`
    }
  }
}

function readAmount(value: unknown, option: string, most: number): number {
  const found = `it is ${String(value)}`
  if (typeof value !== 'number' || !(value > 0)) throw invalidOption(option, found, 'expected a number above 0')
  if (value > most)
    throw invalidOption(option, found, `expected at most ${Math.floor(most)}: time begins with the year 0`)
  return value
}

function readMode(options: TimeWindowOptions): WindowMode {
  if (options.mode === undefined) {
    if (options.fromTimestamp !== undefined || options.toTimestamp !== undefined) return 'absolute'
    return options.hoursBack !== undefined && options.daysBack === undefined ? 'hours_back' : 'days_back'
  }
  if (!Object.hasOwn(OPTIONS_OF_MODE, options.mode)) {
    throw invalidOption('mode', `it is '${String(options.mode)}'`, "expected 'days_back', 'hours_back' or 'absolute'")
  }
  return options.mode
}

function rivalOf(options: TimeWindowOptions, mode: WindowMode): string {
  if (options.mode !== undefined) return `mode '${mode}'`
  const rival = WINDOW_OPTIONS.find((name) => options[name] !== undefined && OPTIONS_OF_MODE[mode].includes(name))
  return rival ?? `mode '${mode}'`
}

function absoluteWindow(options: TimeWindowOptions, nowMillis: number): TimeWindow {
  if (options.fromTimestamp === undefined) {
    const needing = options.toTimestamp === undefined ? "mode 'absolute'" : 'toTimestamp'
    throw invalidOption('fromTimestamp', 'it is missing', `${needing} needs it`)
  }
  const from = parseTimestamp(options.fromTimestamp, 'fromTimestamp')
  const to = options.toTimestamp === undefined ? undefined : parseTimestamp(options.toTimestamp, 'toTimestamp')
  const end = to?.getTime() ?? nowMillis
  if (from.getTime() >= end) {
    const endName = to === undefined ? 'now' : 'toTimestamp'
    throw invalidOption('fromTimestamp', `it is not before ${endName}`, 'expected the earlier instant')
  }
  return { from, to }
}
