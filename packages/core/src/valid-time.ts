import type { TimeInput } from '@opentelemetry/api'
import { attempt } from './attempt.js'
import { toMillis } from './attributes/to-millis.js'
import { log } from './log.js'

/**
 * A time that the SDK can take. It passes on whatever it is given, and one `NaN` makes an exporter throw for the whole batch.
 *
 * @param time - What the caller gave: from data of theirs, such as `new Date(row.created)`.
 * @returns The time as it is; `undefined`, which stands for now, if it is none, with a warning through `diag`.
 */
export function validTime(time: TimeInput | undefined): TimeInput | undefined {
  // A Proxy that throws is no time either.
  if (time === undefined || attempt(() => isTime(time))) return time
  log.warn('Cannot take a time that is none: the clock is used')
  return undefined
}

function isTime(time: TimeInput): boolean {
  const millis = toMillis(time)
  // OTLP has no moments before 1970.
  return Number.isFinite(millis) && millis >= 0
}
