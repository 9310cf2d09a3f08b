/**
 * Reads an input or output as it comes from the server: JSON where the text is JSON, else the text itself.
 *
 * A number is taken for one only if it reads back exactly as written: `42` is 42, but `1e3`, `1.0` and an account number of
 * twenty digits stay the text that the model or the user wrote.
 *
 * @param value - What stands on the wire: text, null, or something parsed already.
 * @returns The value; `null` for none, which the wire writes as null, an empty string or nothing.
 */
export function parseJsonText(value: unknown): unknown {
  if (value === undefined || value === null || value === '') return null
  if (typeof value !== 'string' || !JSON_START.test(value)) return value
  try {
    const parsed: unknown = JSON.parse(value)
    return typeof parsed === 'number' && String(parsed) !== value.trim() ? value : parsed
  } catch {
    return value
  }
}

// Most text is prose: one look at its beginning spares building and throwing an error for it. Numbers and words are JSON only alone.
const JSON_START = /^\s*(?:[[{"]|-?\d[\d.eE+-]*\s*$|(?:true|false|null)\s*$)/
