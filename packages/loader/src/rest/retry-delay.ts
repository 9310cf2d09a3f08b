const BASE_MILLIS = 500
const LONGEST_MILLIS = 20_000

/**
 * Decides how long to wait before a request is sent again: what the server asked for, else exponential back-off with full jitter
 * (a random point below the ceiling, so that clients that failed together do not come back together).
 *
 * @param attempt - How many attempts were made, from 1.
 * @param retryAfterMillis - What the server asked for, if anything.
 * @param random - A number in [0, 1).
 * @returns Milliseconds to wait.
 */
export function retryDelay(attempt: number, retryAfterMillis: number | undefined, random: () => number): number {
  if (retryAfterMillis !== undefined) return retryAfterMillis
  return random() * Math.min(LONGEST_MILLIS, BASE_MILLIS * 2 ** (attempt - 1))
}
