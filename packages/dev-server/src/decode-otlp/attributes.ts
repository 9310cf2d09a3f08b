import { bareRecord } from '../bare-record.js'

/** What an OTLP attribute value becomes. Bytes and key-value lists become their JSON text, as in Langfuse. */
export type AttributeValue = string | number | boolean | readonly AttributeValue[]

/** Attributes by key, without a prototype: keys come from outside and may be `__proto__`. */
export type Attributes = { [key: string]: AttributeValue }

/**
 * An empty set of attributes.
 *
 * @returns An object without a prototype.
 */
export function emptyAttributes(): Attributes {
  return bareRecord()
}
