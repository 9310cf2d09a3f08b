/**
 * Reads a `Retry-After` header (RFC 9110, 10.2.3): whole seconds, or an HTTP date.
 *
 * Garbage is no answer: taken for 0, it would turn a server's plea for quiet into the opposite.
 *
 * @param header - The header's value, if there was one.
 * @param nowMillis - The present, in milliseconds since the epoch.
 * @returns How long to wait in milliseconds; undefined if the header says nothing usable.
 */
export function parseRetryAfter(header: string | undefined, nowMillis: number): number | undefined {
  const value = header?.trim() ?? ''
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000
  // IMF-fixdate, the one form a sender may generate; `Date.parse` alone reads almost anything.
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(value)) return undefined
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMillis)
}
