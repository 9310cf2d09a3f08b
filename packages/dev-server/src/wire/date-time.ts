import * as v from 'valibot'

const ISO_DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/

/** An ISO 8601 time with a zone, as milliseconds since the epoch. */
export const DateTime: v.GenericSchema<unknown, number> = v.pipe(
  v.string(),
  v.regex(ISO_DATE_TIME),
  v.transform((text) => new Date(text).getTime()),
  v.check((millis) => !Number.isNaN(millis), 'Invalid ISO datetime'),
)

/**
 * A time as it stands in every answer.
 *
 * @param millis Milliseconds since the epoch.
 * @returns ISO 8601 in UTC with milliseconds.
 */
export function isoTime(millis: number): string {
  return new Date(millis).toISOString()
}
