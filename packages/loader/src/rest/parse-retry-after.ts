/**
 * Reads a `Retry-After` header (RFC 9110, 10.2.3): whole seconds, or an HTTP date.
 *
 * Anything else is no answer rather than a guess: `Number('')` is 0, and a client that takes garbage for "at once" hammers the
 * very server that asked for quiet.
 *
 * @param header - The header's value, if there was one.
 * @param nowMillis - The present, in milliseconds since the epoch.
 * @returns How long to wait in milliseconds, or `undefined` if the header says nothing usable.
 */
export function parseRetryAfter(header: string | undefined, nowMillis: number): number | undefined {
  const value = header?.trim() ?? ''
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000
  if (!HTTP_DATE.test(value)) return undefined
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMillis)
}

// The one form a sender may generate (IMF-fixdate): 'Sun, 06 Nov 1994 08:49:37 GMT'.
const HTTP_DATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/
