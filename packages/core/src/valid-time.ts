import type { TimeInput } from '@opentelemetry/api'
import { log } from './log.js'

/**
 * A time that the SDK can take. It passes on whatever it is given, and one `NaN` makes an exporter throw for the whole batch.
 *
 * @param time - What the caller gave: from data of theirs, such as `new Date(row.created)`.
 * @returns The time as it is; `undefined`, which stands for now, if it is none, with a warning through `diag`.
 */
export function validTime(time: TimeInput | undefined): TimeInput | undefined {
  if (time === undefined || isTime(time)) return time
  log.warn('A span was given a time that is none: the clock is used instead')
  return undefined
}

function isTime(time: unknown): boolean {
  try {
    if (typeof time === 'number') return isMoment(time)
    if (Array.isArray(time)) return time.length === 2 && time.every(isMoment)
    return time instanceof Date && isMoment(time.getTime())
  } catch {
    // A Proxy that throws is no time either.
    return false
  }
}

/** OTLP has no moments before 1970. */
function isMoment(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}
