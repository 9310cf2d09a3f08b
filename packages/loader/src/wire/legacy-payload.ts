/**
 * Takes over an input or output that Langfuse 3 has parsed already, in the form in which observation rows keep payloads: text of
 * which JSON is the reader's to parse. A text that looks like JSON was a JSON string and has to stay the text it is.
 *
 * @param value - The parsed value.
 * @returns What reads back as that value; `null` for none, which version 4 writes as null or as an empty string.
 */
export function legacyPayload(value: unknown): unknown {
  if (value === undefined || value === null || value === '') return null
  return typeof value === 'string' ? JSON.stringify(value) : value
}
