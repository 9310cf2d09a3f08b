import { jsonNestsTooDeep } from '../nests-too-deep.js'

/** Characters of a payload that a page shows; the API has all of it. */
const MAX_PAYLOAD_LENGTH = 20_000

/** Characters of the first line of a payload in a list. */
const MAX_LINE_LENGTH = 160

/**
 * A duration for people.
 *
 * @param millis The duration.
 * @returns For example `340 ms`, `2.41 s` or `3 min 5 s`.
 */
export function formatDuration(millis: number): string {
  if (millis < 1000) return `${Math.round(millis)} ms`
  if (millis < 60_000) return `${(millis / 1000).toFixed(2)} s`
  const seconds = Math.round(millis / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/**
 * A cost for people: enough digits to tell cheap calls apart.
 *
 * @param dollars US dollars.
 * @returns For example `$0.000048`; empty for nothing.
 */
export function formatCost(dollars: number): string {
  if (dollars === 0) return ''
  return `$${dollars >= 0.01 ? dollars.toFixed(2) : Number(dollars.toPrecision(2)).toFixed(6).replace(/0+$/, '')}`
}

/**
 * How many observations there are, for people.
 *
 * @param count The number.
 * @returns For example `1 observation` or `2501 observations`.
 */
export function formatCount(count: number): string {
  return `${count} observation${count === 1 ? '' : 's'}`
}

/**
 * A time for people, in UTC: the server does not know the browser's zone.
 *
 * @param millis Milliseconds since the epoch.
 * @returns For example `2026-11-23 04:08:02 UTC`.
 */
export function formatTime(millis: number): string {
  return `${new Date(millis).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/**
 * The first line of a payload that says something.
 *
 * @param payload Text, often JSON.
 * @returns At most one short line.
 */
export function firstLine(payload: string): string {
  const line = payload.trimStart().split('\n', 1)[0] ?? ''
  return line.length > MAX_LINE_LENGTH ? `${line.slice(0, MAX_LINE_LENGTH)}…` : line
}

/**
 * A payload for reading: JSON indented, everything else as it is, both cut where a page would become too long.
 *
 * @param payload Text, often JSON.
 * @returns The text to show.
 */
export function readablePayload(payload: string): string {
  const text = payload.length > MAX_PAYLOAD_LENGTH ? payload : indented(payload)
  return text.length > MAX_PAYLOAD_LENGTH ? `${text.slice(0, MAX_PAYLOAD_LENGTH)}\n… (${text.length} characters)` : text
}

function indented(payload: string): string {
  if (!/^\s*[[{]/.test(payload)) return payload
  try {
    const value: unknown = JSON.parse(payload)
    // Indentation grows with the square of the depth: a payload within the limit above could become hundreds of megabytes.
    return jsonNestsTooDeep(payload, value) ? payload : JSON.stringify(value, null, 2)
  } catch {
    return payload
  }
}
