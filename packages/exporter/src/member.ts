/**
 * Reads a member of a value that may be anything.
 *
 * @param value - The value.
 * @param key - The name of the member.
 * @returns Undefined for what is no object, and for an object without it.
 */
export function member(value: unknown, key: string): unknown {
  // An object has members, whatever they are.
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
}
