/**
 * Compares values of a column as databases do: null, then numbers, then text.
 *
 * @param one A value.
 * @param other Another.
 * @returns Negative, 0 or positive.
 */
export function compareValues(one: number | string | null, other: number | string | null): number {
  if (typeof one === 'number' && typeof other === 'number') return one < other ? -1 : one > other ? 1 : 0
  if (typeof one === 'string' && typeof other === 'string') return compareText(one, other)
  return kindOf(one) - kindOf(other)
}

function kindOf(value: number | string | null): number {
  return value === null ? 0 : typeof value === 'number' ? 1 : 2
}

/**
 * Compares text as databases do, by its bytes in UTF-8. JavaScript compares UTF-16, where what lies beyond U+FFFF comes before U+E000.
 *
 * @param one A text.
 * @param other Another.
 * @returns Negative, 0 or positive.
 */
export function compareText(one: string, other: string): number {
  const length = Math.min(one.length, other.length)
  for (let index = 0; index < length; index++) {
    const [a, b] = [one.charCodeAt(index), other.charCodeAt(index)]
    if (a !== b) return rank(a) - rank(b)
  }
  return one.length - other.length
}

/** Moves surrogates behind all other units. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}
