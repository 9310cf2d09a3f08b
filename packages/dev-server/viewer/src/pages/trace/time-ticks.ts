/**
 * Round times for an axis.
 *
 * @param totalMillis The length of the axis.
 * @param maxTicks How many at most, besides the one at 0.
 * @returns Times in milliseconds, from 0 on, that are multiples of 1, 2 or 5 times a power of ten.
 */
export function timeTicks(totalMillis: number, maxTicks: number): number[] {
  const raw = Math.max(totalMillis / maxTicks, 1)
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= raw) ?? raw
  return Array.from({ length: Math.floor(totalMillis / step) + 1 }, (_, index) => index * step)
}

/**
 * A round time in words.
 *
 * @param millis A tick.
 * @returns For example `0`, `250 ms`, `1.5 s` or `2 m`.
 */
export function tickLabel(millis: number): string {
  if (millis === 0) return '0'
  if (millis < 1000) return `${Math.round(millis)} ms`
  if (millis < 60_000) return `${Number((millis / 1000).toFixed(2))} s`
  return `${Number((millis / 60_000).toFixed(1))} m`
}
