import { BatchBuilder } from './batch-builder.js'
import type { EncodedBatch } from './encoded-batch.js'
import type { OutgoingSpan } from './outgoing-span.js'
import { readRequestSpans } from './read-request-spans.js'

/** Spans as one batch. */
export function batchOf(spans: readonly OutgoingSpan[]): EncodedBatch {
  const builder = new BatchBuilder()
  for (const span of spans) {
    if (builder.add(span) !== 'added') throw new Error(`the span ${span.name} was not added`)
  }
  return builder.take()
}

/** Each span of a batch as its bytes and those of what stands around it, in the order of the batch. */
export function spanBytes({ body }: EncodedBatch): string[] {
  const read = readRequestSpans(body)
  if (read.kind !== 'spans') throw new Error(`the batch is ${read.kind}`)
  return read.spans.map(({ resource, scope, start, end }) =>
    [resource.key, scope.key, Buffer.from(body.subarray(start, end)).toString('latin1')].join('|'),
  )
}
