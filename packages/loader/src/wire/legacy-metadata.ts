import { isRecord, type WireRecord } from './read-field.js'

// What Langfuse adds to the metadata of OpenTelemetry spans: nested by version 3, with dotted keys by version 4.
const ADDED_BY_LANGFUSE: ReadonlySet<string> = new Set(['attributes', 'resourceAttributes', 'scope'])

/**
 * Brings metadata of Langfuse 3 into the flat form of version 4. What the traced program set stays as it is.
 *
 * @param metadata - Whatever stands there: version 3 takes any JSON.
 * @returns Flat metadata; what is no object stands under the key `metadata`, as in version 4.
 */
export function flattenLegacyMetadata(metadata: unknown): WireRecord {
  if (metadata === null || metadata === undefined || metadata === '') return {}
  if (!isRecord(metadata)) return { metadata }
  const flat: [string, unknown][] = []
  for (const [key, value] of Object.entries(metadata)) {
    if (!ADDED_BY_LANGFUSE.has(key) || !isRecord(value)) flat.push([key, value])
    else for (const [inner, content] of Object.entries(value)) flat.push([`${key}.${inner}`, content])
  }
  return Object.fromEntries(flat)
}
