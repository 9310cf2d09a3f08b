import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'

/** Ids, times, kind and status of a span in OTLP's JSON; of an event or link, and of an attribute, what stands around the content. */
const SPAN_BYTES = 400
const PART_BYTES = 100
const ATTRIBUTE_BYTES = 50

/**
 * Estimates what a span takes in a request, without encoding it. Quotes and other characters that JSON escapes count once, so the truth can
 * be more: it serves to cut batches, and what is sent is measured.
 *
 * @param span - The span.
 * @returns Bytes.
 */
export function estimateSpanBytes(span: ReadableSpan): number {
  let bytes = SPAN_BYTES + Buffer.byteLength(span.name) + contentBytes(span.attributes)
  if (span.status.message !== undefined) bytes += Buffer.byteLength(span.status.message)
  for (const { name, attributes } of span.events) {
    bytes += PART_BYTES + Buffer.byteLength(name) + contentBytes(attributes)
  }
  for (const { attributes } of span.links) bytes += PART_BYTES + contentBytes(attributes)
  return bytes
}

// Attributes are texts, numbers, flags and arrays of these; newer SDKs admit records too.
function contentBytes(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value)
  if (typeof value !== 'object' || value === null) return 0
  if (value instanceof Uint8Array) return Math.ceil((value.byteLength * 4) / 3)
  let bytes = 0
  for (const [key, member] of Object.entries(value)) bytes += ATTRIBUTE_BYTES + key.length + contentBytes(member)
  return bytes
}
