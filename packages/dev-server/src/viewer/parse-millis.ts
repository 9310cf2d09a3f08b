/**
 * Reads a time from an address.
 *
 * @param text Milliseconds since the epoch.
 * @returns The time; undefined for what is none. The database takes whole numbers, and more digits than fifteen are no time either.
 */
export function parseMillis(text = ''): number | undefined {
  return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined
}
