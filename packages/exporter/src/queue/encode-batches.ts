import { BatchBuilder } from '../encode/batch-builder.js'
import { cutBatch } from '../encode/cut-batch.js'
import type { EncodedBatch } from '../encode/encoded-batch.js'
import type { OutgoingSpan } from '../encode/outgoing-span.js'
import { splitToFit } from '../encode/split-batch.js'

/** Spans as requests. */
export interface EncodedBatches {
  readonly batches: readonly EncodedBatch[]
  /** How many spans hold something that cannot be encoded. */
  readonly unencodable: number
}

/**
 * Encodes spans into requests that are not too large. A span that is too large alone is cut.
 *
 * @param spans - The spans.
 * @param maxBytes - The largest body, before compression.
 */
export function encodeBatches(spans: Iterable<OutgoingSpan>, maxBytes: number): EncodedBatches {
  const builder = new BatchBuilder()
  const batches: EncodedBatch[] = []
  let unencodable = 0
  for (const span of spans) {
    if (builder.add(span) === 'unencodable') unencodable++
    if (builder.byteLength >= maxBytes) batches.push(...fitting(builder.take(), maxBytes))
  }
  if (builder.spanCount > 0) batches.push(builder.take())
  return { batches, unencodable }
}

// What has gone over the bound by its last span.
function fitting(batch: EncodedBatch, maxBytes: number): readonly EncodedBatch[] {
  if (batch.body.byteLength <= maxBytes) return [batch]
  const parts = batch.spanCount > 1 ? splitToFit(batch, maxBytes) : [batch]
  return parts.map((part) => (part.body.byteLength > maxBytes ? (cutBatch(part, maxBytes) ?? part) : part))
}
