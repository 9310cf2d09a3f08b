const SECONDS_PER_MINUTE = 60
const SECONDS_PER_HOUR = 3600

/**
 * Writes a duration with as many digits as a reader can use.
 *
 * @param seconds - How long; `null` if not known.
 * @returns For example `12 ms`, `1.25 s`, `2 min 05 s`, `1 h 02 min`; `-` if not known.
 */
export function formatDuration(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return '-'
  // Clocks of two machines disagree: a child may end before it starts.
  if (seconds < 0) return `-${formatDuration(-seconds)}`
  if (seconds < 0.9995) return `${Math.round(seconds * 1000)} ms`
  if (seconds < 59.995) return `${seconds.toFixed(2)} s`
  const whole = Math.round(seconds)
  if (whole < SECONDS_PER_HOUR) {
    return `${Math.floor(whole / SECONDS_PER_MINUTE)} min ${twoDigits(whole % SECONDS_PER_MINUTE)} s`
  }
  const minutes = Math.floor(whole / SECONDS_PER_MINUTE)
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
