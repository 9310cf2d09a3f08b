/**
 * A duration for people.
 *
 * @param millis The duration.
 * @returns For example `340 ms`, `2.41 s` or `3 m 5 s`.
 */
export function duration(millis: number): string {
  if (millis < 1000) return `${Math.round(millis)} ms`
  if (millis < 60_000) return `${(millis / 1000).toFixed(2)} s`
  const seconds = Math.round(millis / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${seconds % 60} s`
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} m`
}

/**
 * A cost for people: enough digits to tell cheap calls apart.
 *
 * @param dollars US dollars.
 * @returns For example `$0.000048`; empty for nothing.
 */
export function cost(dollars: number): string {
  if (dollars === 0) return ''
  if (dollars >= 0.01) return `$${dollars.toFixed(2)}`
  return `$${Number(dollars.toPrecision(2)).toFixed(7).replace(/0+$/, '')}`
}

/**
 * A count for people.
 *
 * @param value The count.
 * @returns For example `940`, `12.3k` or `1.2M`; empty for nothing.
 */
export function count(value: number): string {
  if (value === 0) return ''
  if (value < 10_000) return String(Math.round(value))
  return value < 999_500 ? `${(value / 1000).toFixed(value < 99_950 ? 1 : 0)}k` : `${(value / 1e6).toFixed(1)}M`
}

/**
 * A number and what it counts.
 *
 * @param value The number.
 * @param noun In the singular.
 * @returns For example `1 error` or `12,400 spans`.
 */
export function counted(value: number, noun: string): string {
  return `${value.toLocaleString('en')} ${noun}${value === 1 ? '' : 's'}`
}

/**
 * A score for people.
 *
 * @param value Number or word.
 * @returns For example `0.83`.
 */
export function scoreValue(value: number | string): string {
  return typeof value === 'string' ? value : String(Number(value.toPrecision(3)))
}
