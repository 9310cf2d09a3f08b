import { InvalidArgumentError } from 'commander'

// A date alone is midnight UTC; a time without a zone is UTC, and not wherever the machine stands.
const ISO_8601 = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})?)?$/i

/**
 * Reads an instant.
 *
 * @param text - What stands on the command line.
 * @returns Milliseconds since the epoch.
 * @throws {InvalidArgumentError} If it is no ISO 8601 time that exists.
 */
export function parseInstant(text: string): number {
  const [, date, time = '00:00:00', zone = 'Z'] = ISO_8601.exec(text) ?? []
  const millis = date === undefined ? Number.NaN : Date.parse(`${date}T${time}${zone.toUpperCase()}`)
  // `Date` takes the 30th of February for the 2nd of March.
  const isReal =
    date !== undefined && !Number.isNaN(millis) && new Date(`${date}T00:00:00Z`).toISOString().startsWith(date)
  if (!isReal) {
    throw new InvalidArgumentError("Expected an ISO 8601 time such as '2026-11-01' or '2026-11-01T12:00:00Z'.")
  }
  return millis
}
