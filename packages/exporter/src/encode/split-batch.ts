import type { EncodedBatch } from './encoded-batch.js'
import { type RequestSpan, readRequestSpans } from './read-request-spans.js'
import { RequestLayout } from './request-layout.js'

/**
 * Halves a batch by the number of its spans.
 *
 * @param batch - The batch.
 * @returns Two batches with all its spans between them, as they were; the batch itself, alone, when it cannot be divided: it has one span,
 *   or is no request with as many spans as it says.
 */
export function splitBatch(batch: EncodedBatch): readonly EncodedBatch[] {
  const spans = spansOf(batch)
  if (spans.length < 2) return [batch]
  const middle = Math.ceil(spans.length / 2)
  return [spans.slice(0, middle), spans.slice(middle)].map((half) => {
    const layout = new RequestLayout()
    for (const { resource, scope, start, end } of half) layout.add(resource, scope, start, end)
    return layout.assemble(batch.body)
  })
}

/**
 * Divides a batch into requests that are not too large, in order, each as full as can be.
 *
 * @param batch - The batch.
 * @param maxBytes - The largest body.
 * @returns Batches with all its spans between them, as they were. A span that is too large alone is alone. The batch itself, alone, when it
 *   is small enough or cannot be divided, as {@link splitBatch} has it.
 */
export function splitToFit(batch: EncodedBatch, maxBytes: number): readonly EncodedBatch[] {
  if (batch.body.byteLength <= maxBytes) return [batch]
  const spans = spansOf(batch)
  if (spans.length < 2) return [batch]
  const parts: EncodedBatch[] = []
  let layout = new RequestLayout()
  for (const { resource, scope, start, end } of spans) {
    if (layout.spanCount > 0 && layout.byteLengthWith(resource, scope, end - start) > maxBytes) {
      parts.push(layout.assemble(batch.body))
      layout = new RequestLayout()
    }
    layout.add(resource, scope, start, end)
  }
  return [...parts, layout.assemble(batch.body)]
}

// None when they are not as many as they should be: who counts spans must not lose or gain any here.
function spansOf({ body, spanCount }: EncodedBatch): readonly RequestSpan[] {
  const read = readRequestSpans(body)
  return read.kind === 'spans' && read.spans.length === spanCount ? read.spans : []
}
