import type { TimeInput } from '@opentelemetry/api'

/**
 * A time in any form that OpenTelemetry takes, as Langfuse reads it.
 *
 * @param time - A Date, milliseconds since 1970, milliseconds since the process began (`performance.now()`), or `[seconds, nanoseconds]`.
 * @returns ISO 8601 in UTC with milliseconds.
 * @throws {RangeError} If it is no time.
 */
export function toIsoTime(time: TimeInput): string {
  if (Array.isArray(time)) return toIsoTime(new Date(time[0] * 1000 + Math.trunc(time[1] / 1e6)))
  // As the SDK tells them apart: a number that has not passed yet on the process' own clock is a date, however long ago.
  const isOfProcess = typeof time === 'number' && time <= performance.now()
  return new Date(isOfProcess ? performance.timeOrigin + time : time).toISOString()
}
