/** How a field is laid out: the low three bits of its tag. https://protobuf.dev/programming-guides/encoding/#structure */
export const VARINT = 0
/** Eight bytes, little endian. */
export const FIXED64 = 1
/** A length and that many bytes: strings, bytes and messages. */
export const BYTES = 2
/** Four bytes, little endian. */
export const FIXED32 = 5

/**
 * What stands before the value of a field.
 *
 * @param field - The number of the field in its message.
 * @param wireType - How the value is laid out.
 */
export function tagOf(field: number, wireType: number): number {
  return (field << 3) | wireType
}

/**
 * Bytes that a tag, a length or another small number takes as a varint.
 *
 * @param value - A whole number, at least 0 and below 2^31.
 */
export function varintBytes(value: number): number {
  if (value < 0x80) return 1
  if (value < 0x4000) return 2
  if (value < 0x200000) return 3
  return value < 0x10000000 ? 4 : 5
}

/**
 * Bytes that a field takes whose value has a length.
 *
 * @param tag - Its tag.
 * @param bytes - That length.
 */
export function fieldBytes(tag: number, bytes: number): number {
  return varintBytes(tag) + varintBytes(bytes) + bytes
}
