import { RULE_FAILED, TOO_DEEP } from './marks.js'

/** Masks one string of a value. */
export type MaskString = (text: string, name: string) => string

const MAX_DEPTH = 32
/** An object that holds itself twice has no end before the depth has. */
const MAX_PARTS = 100_000

/**
 * Masks every string in a value of an attribute, keys of maps included, and keeps its shape.
 *
 * @param value - What OTLP can carry: text, numbers, booleans, bytes, arrays and maps; also what JavaScript callers put there.
 * @param maskString - Masks one string; is told the key it stands under.
 * @param name - The name of the attribute.
 * @returns The value itself if it is no text, array or map; of arrays and maps always a copy, since what they hold may change.
 * @throws What a getter of an object throws, what `maskString` throws, a `RangeError` if the value has too many parts.
 */
export function maskValue(value: unknown, maskString: MaskString, name: string): unknown {
  return maskPart(value, maskString, name, 0, { parts: MAX_PARTS })
}

/**
 * What stands for a value that cannot be masked: a mark in the same shape, because who reads an array expects one.
 *
 * @param value - The value.
 */
export function markedWhole(value: unknown): unknown {
  return Array.isArray(value) ? [RULE_FAILED] : RULE_FAILED
}

function maskPart(
  value: unknown,
  maskString: MaskString,
  name: string,
  depth: number,
  budget: { parts: number },
): unknown {
  if (typeof value === 'string') return maskString(value, name)
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Uint8Array) return maskBytes(value, maskString, name)
  if (value instanceof String) return maskString(String(value), name)
  if (depth === MAX_DEPTH) return TOO_DEEP
  if (--budget.parts < 0) throw new RangeError('Cannot mask a value with so many parts')
  if (Array.isArray(value)) return Array.from(value, (item) => maskPart(item, maskString, name, depth + 1, budget))
  const entries = Object.entries(value).map(([key, item]) => [
    maskString(key, ''),
    maskPart(item, maskString, key, depth + 1, budget),
  ])
  return Object.fromEntries(entries)
}

/** Text in bytes is text: Latin-1 keeps every byte, and what rules look for is mostly ASCII. */
function maskBytes(bytes: Uint8Array, maskString: MaskString, name: string): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const masked = maskString(text, name)
  return masked === text ? bytes : Buffer.from(masked, 'latin1')
}
