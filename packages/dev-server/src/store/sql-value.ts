/** What may be bound to a statement. libsql aborts the whole process on a boolean, so nothing wider may get there. */
export type SqlValue = string | number | null | Uint8Array

/**
 * Text that comes back as it went in: the driver cuts text at a NUL when it reads it, so NULs become U+FFFD on the way in, as
 * lone surrogates do in UTF-8. Text inside of JSON is not affected: there a NUL is `\u0000`.
 *
 * @param text Text from outside.
 * @returns The text to bind.
 */
export function sqlText(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text
}
