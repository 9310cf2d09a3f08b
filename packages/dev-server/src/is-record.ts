/**
 * Whether a value is an object with string keys: what `{…}` in JSON becomes. Arrays and null are not.
 *
 * @param value Anything, usually fresh from `JSON.parse`.
 * @returns True when its properties may be read as unknown.
 */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
