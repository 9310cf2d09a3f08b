import { invalidOption } from './invalid-option.js'

// Date, optional time to the minute or finer, optional zone. `Date.parse` alone is no check: it takes '2026-02-30' for March 2nd
// and reads a zone-less time in the machine's zone, so the same program would fetch other traces elsewhere.
const ISO_8601 = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/i

/**
 * Reads a point in time. A string without a zone is UTC; a date alone is its first instant in UTC.
 *
 * @param value - A `Date` or an ISO 8601 string.
 * @param option - The option's name, for the message.
 * @returns A `Date`, in whole milliseconds as Langfuse stores them.
 * @throws {LoaderError} `invalid_options` if it is neither, or names a day or an hour that does not exist.
 */
export function parseTimestamp(value: unknown, option: string): Date {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw invalidOption(option, 'it is an invalid Date', 'expected a valid one')
    return new Date(value)
  }
  const found =
    typeof value === 'string' ? `it is ${JSON.stringify(value.slice(0, 40))}` : `it is of type ${typeof value}`
  const advice = "expected a Date or an ISO 8601 string such as '2026-11-01' or '2026-11-01T12:00:00Z'"
  const match = typeof value === 'string' ? ISO_8601.exec(value) : null
  if (match === null) throw invalidOption(option, found, advice)
  const [, day = '', minute = '00:00', second = '00', fraction = '', zone = 'Z'] = match
  const local = `${day}T${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}`
  const asUtc = new Date(`${local}Z`)
  // A day that does not exist comes back as another day.
  if (Number.isNaN(asUtc.getTime()) || asUtc.toISOString() !== `${local}Z`) throw invalidOption(option, found, advice)
  const offset = zone.toUpperCase() === 'Z' ? 'Z' : zone.replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2')
  const date = new Date(`${local}${offset}`)
  if (Number.isNaN(date.getTime())) throw invalidOption(option, found, advice)
  return date
}
