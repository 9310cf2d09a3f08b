/** What may be bound to a statement. libsql aborts the whole process on a boolean, so nothing wider may get there. */
export type SqlValue = string | number | null | Uint8Array

/**
 * Text that comes back as it went in: the driver cuts text at a NUL when it reads it, so NULs become U+FFFD on the way in, as
 * lone surrogates do in UTF-8.
 *
 * @param text Text from outside.
 * @returns The text to bind.
 */
export function sqlText(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text
}

/**
 * JSON whose texts SQL may take out of it, with the same replacements. It matters more here: what the driver reads and is no UTF-8
 * ends the whole process, and SQLite makes that of an escaped lone surrogate.
 *
 * @param value What JSON can say.
 * @returns The JSON to bind.
 */
export function sqlJson(value: unknown): string {
  const json = JSON.stringify(value)
  // What well-formed JSON escapes this way is exactly what must go; most has neither, and is not looked at twice.
  if (!json.includes('\\u')) return json
  return json.replaceAll(/\\(?:(u0000|ud[\da-f]{3})|.)/g, (escaped, gone?: string) =>
    gone === undefined ? escaped : '\uFFFD',
  )
}
