import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'

/** Ids, times, kind and status of a span, and what is stamped on it; of an event or link, and of an attribute, what stands around the content. */
const SPAN_BYTES = 250
const PART_BYTES = 50
const ATTRIBUTE_BYTES = 10

/** Arrays and records in one another: what is encoded goes no deeper, and of what goes round there is no end. */
const MOST_LEVELS = 31

/** Members of one attribute, all levels together: records that share their parts unfold without end. */
const MOST_MEMBERS = 100_000

/**
 * Estimates what a span takes in a request, without encoding it. A character counts once, so the truth can be more: it serves to keep what
 * waits to be encoded small, and what is sent is measured. Never throws: of a span that cannot be read, what could be counts.
 *
 * @param span - The span.
 * @returns Bytes.
 */
export function estimateSpanBytes(span: ReadableSpan): number {
  const sum = { bytes: SPAN_BYTES }
  try {
    sum.bytes += span.name.length
    addAttributes(sum, span.attributes)
    if (span.status.message !== undefined) sum.bytes += span.status.message.length
    for (const { name, attributes } of span.events) {
      sum.bytes += PART_BYTES + name.length
      addAttributes(sum, attributes)
    }
    for (const { attributes } of span.links) {
      sum.bytes += PART_BYTES
      addAttributes(sum, attributes)
    }
  } catch {
    // Getters can throw, and types bind nobody at run time.
  }
  return sum.bytes
}

interface Sum {
  bytes: number
}

function addAttributes(sum: Sum, attributes: object | undefined): void {
  for (const key in attributes) {
    // An object has members, whatever they are.
    const value = (attributes as Record<string, unknown>)[key]
    sum.bytes += ATTRIBUTE_BYTES + key.length
    if (typeof value === 'string') sum.bytes += value.length
    else if (typeof value === 'object' && value !== null) addNested(sum, value, MOST_LEVELS, { left: MOST_MEMBERS })
  }
}

// Arrays of texts, numbers and flags; newer SDKs admit bytes and records too.
function addNested(sum: Sum, value: object, levels: number, members: { left: number }): void {
  if (value instanceof Uint8Array) {
    sum.bytes += value.byteLength
    return
  }
  for (const key in value) {
    if (--members.left < 0) return
    const member = (value as Record<string, unknown>)[key]
    sum.bytes += ATTRIBUTE_BYTES + key.length
    if (typeof member === 'string') sum.bytes += member.length
    else if (typeof member === 'object' && member !== null && levels > 1) addNested(sum, member, levels - 1, members)
  }
}
