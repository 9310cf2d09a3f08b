import type { ReadableSpan } from '@opentelemetry/sdk-trace-base'
import { estimateSpanBytes } from './estimate-span-bytes.js'

/**
 * Cuts a batch into parts that should fit into a request each, in order.
 *
 * @param spans - The batch.
 * @param maxBytes - How much fits, in bytes.
 * @returns Parts of at least one span: one that is larger alone gets a part of its own.
 */
export function splitBatch(spans: readonly ReadableSpan[], maxBytes: number): readonly (readonly ReadableSpan[])[] {
  const parts: ReadableSpan[][] = []
  let room = 0
  for (const span of spans) {
    const bytes = estimateSpanBytes(span)
    const part = parts.at(-1)
    if (part && bytes <= room) {
      part.push(span)
      room -= bytes
    } else {
      parts.push([span])
      room = maxBytes - bytes
    }
  }
  return parts
}
