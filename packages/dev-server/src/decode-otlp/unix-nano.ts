const TWO_POW_32 = 4_294_967_296
const NANOS_PER_MILLI = 1_000_000

/**
 * Whole milliseconds of a 64-bit nanosecond count given in two halves, exactly: as one double it would be off by up to 256 ns,
 * which at a boundary is the wrong millisecond.
 *
 * @param high The upper 32 bits, unsigned.
 * @param low The lower 32 bits, unsigned.
 * @returns Milliseconds since the epoch, rounded down.
 */
export function millisFromHalves(high: number, low: number): number {
  // 2^32 = 4294 · 10^6 + 967296, so every partial product stays below 2^53.
  const wholeMillis = Math.floor(TWO_POW_32 / NANOS_PER_MILLI)
  const remainderNanos = TWO_POW_32 % NANOS_PER_MILLI
  return high * wholeMillis + Math.floor((high * remainderNanos + low) / NANOS_PER_MILLI)
}

/**
 * Whole milliseconds of a time in OTLP/JSON, where it is a decimal string by the specification and a number from some senders.
 *
 * @param value What stood in `startTimeUnixNano` or `endTimeUnixNano`.
 * @returns Milliseconds since the epoch, rounded down; undefined when it is missing, no time, or outside of what a Date can hold.
 */
export function millisFromJson(value: unknown): number | undefined {
  if (typeof value === 'number') return inRange(Math.floor(value / NANOS_PER_MILLI))
  if (typeof value !== 'string' || !/^\d{1,20}$/.test(value.trim())) return undefined
  const digits = value.trim()
  return inRange(digits.length <= 6 ? 0 : Number(digits.slice(0, -6)))
}

function inRange(millis: number): number | undefined {
  // The largest time ECMAScript can express (Number.isFinite alone would let toISOString throw later).
  return Math.abs(millis) <= 8.64e15 ? millis : undefined
}
