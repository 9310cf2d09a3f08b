import type { TimeInput } from '@opentelemetry/api'

/**
 * A time in any form that OpenTelemetry takes.
 *
 * @param time - A Date, milliseconds since 1970, milliseconds since the process began (`performance.now()`), or `[seconds, nanoseconds]`.
 * @returns Milliseconds since 1970; `NaN` for what is no time.
 */
export function toMillis(time: TimeInput): number {
  if (Array.isArray(time)) return time[0] * 1000 + Math.trunc(time[1] / 1e6)
  // As the SDK tells them apart: a number that has not passed yet on the process' own clock is a date, however long ago.
  const isOfProcess = typeof time === 'number' && time <= performance.now()
  return isOfProcess ? performance.timeOrigin + time : Number(time)
}
