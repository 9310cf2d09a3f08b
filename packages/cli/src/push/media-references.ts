/** A file that a value names. */
export interface MediaReference {
  readonly mediaId: string
  /** The field in which it is named. */
  readonly field: string
}

// Langfuse's own form: `@@@langfuseMedia:type=image/png|id=…|source=…@@@`.
const REFERENCE = /@@@langfuseMedia:[^@]*?\bid=([A-Za-z0-9_-]+)[^@]*@@@/g

/**
 * Finds the files that the fields of something name.
 *
 * @param fields - The fields, with any values.
 * @returns Each file once a field.
 */
export function mediaReferences(fields: Readonly<Record<string, unknown>>): readonly MediaReference[] {
  return Object.entries(fields).flatMap(([field, value]) => {
    const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
    const ids = new Set([...text.matchAll(REFERENCE)].map(([, id = '']) => id))
    return [...ids].map((mediaId) => ({ mediaId, field }))
  })
}
