import type { WireRecord } from '../wire/read-field.js'

// What Langfuse 4.16 adds to the metadata that was set: the resource, the instrumentation scope and the span's other attributes.
const ADDED_BY_LANGFUSE = /^(?:resourceAttributes|scope|attributes)\./

/**
 * Picks from an observation's metadata what the traced program itself set.
 *
 * @param metadata - Flat metadata as the wire has it.
 * @returns The user's keys only.
 */
export function userMetadata(metadata: WireRecord): WireRecord {
  return Object.fromEntries(Object.entries(metadata).filter(([key]) => !ADDED_BY_LANGFUSE.test(key)))
}
