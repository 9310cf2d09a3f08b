import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'

/** Ids, times, kind and status of a span, and what is stamped on it; of an event or link, and of an attribute, what stands around the content. */
const SPAN_BYTES = 250
const PART_BYTES = 50
const ATTRIBUTE_BYTES = 10

/**
 * Estimates what a span takes in a request, without encoding it. A character counts once, so the truth can be more: it serves to keep what
 * waits to be encoded small, and what is sent is measured.
 *
 * @param span - The span.
 * @returns Bytes.
 */
export function estimateSpanBytes(span: ReadableSpan): number {
  let bytes = SPAN_BYTES + span.name.length + contentBytes(span.attributes)
  if (span.status.message !== undefined) bytes += span.status.message.length
  for (const { name, attributes } of span.events) bytes += PART_BYTES + name.length + contentBytes(attributes)
  for (const { attributes } of span.links) bytes += PART_BYTES + contentBytes(attributes)
  return bytes
}

// Attributes are texts, numbers, flags and arrays of these; newer SDKs admit records too.
function contentBytes(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 0
  if (value instanceof Uint8Array) return value.byteLength
  let bytes = 0
  for (const key in value) {
    // An object has members, whatever they are.
    const member = (value as Record<string, unknown>)[key]
    bytes += ATTRIBUTE_BYTES + key.length + (typeof member === 'string' ? member.length : contentBytes(member))
  }
  return bytes
}
