const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const SHORT_CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const DAY_AND_CLOCK = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})
const WITH_YEAR = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })
const DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
const FULL = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })

/**
 * A time in a list: what tells it from its neighbours.
 *
 * @param millis Since the epoch.
 * @param nowMillis What time it is.
 * @returns The clock for today, the day for this year, else the date.
 */
export function shortTime(millis: number, nowMillis: number): string {
  const [date, now] = [new Date(millis), new Date(nowMillis)]
  if (date.toDateString() === now.toDateString()) return CLOCK.format(date)
  return (date.getFullYear() === now.getFullYear() ? DAY_AND_CLOCK : WITH_YEAR).format(date)
}

/**
 * A time in full, in the zone of the reader.
 *
 * @param millis Since the epoch.
 * @returns For example `23 Nov 2026, 04:08:02`.
 */
export function fullTime(millis: number): string {
  return FULL.format(new Date(millis))
}

/**
 * The clock alone, where the day is known.
 *
 * @param millis Since the epoch.
 * @returns For example `04:08:02`.
 */
export function clockTime(millis: number): string {
  return CLOCK.format(new Date(millis))
}

/**
 * A day, as a heading.
 *
 * @param millis Since the epoch.
 * @returns For example `Monday 23 November 2026`.
 */
export function dayOf(millis: number): string {
  return DAY.format(new Date(millis))
}

/**
 * A time on an axis: all of an axis are written alike.
 *
 * @param millis Since the epoch.
 * @param spanMillis How long the axis is.
 * @returns The clock for less than a day, to the second for less than ten minutes; else the day with it.
 */
export function axisTime(millis: number, spanMillis: number): string {
  const format = spanMillis < 600_000 ? CLOCK : spanMillis < 86_400_000 ? SHORT_CLOCK : DAY_AND_CLOCK
  return format.format(new Date(millis))
}
